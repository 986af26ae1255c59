"""The tables that compare articles: copies, stories, and what each outlet has of one."""

from __future__ import annotations

from analysis.schemas.declaring import declared

STORIES = (
    declared(
        "duplicates",
        "Articles that share a quarter or more of their five-word runs with another.",
        """
        article_id  text   the article
        cluster     text   the first id of the cluster
        earliest    bool   whether it is the earliest of its cluster
        like        text   the earlier article it shares most with; missing for the earliest
        jaccard     float  runs shared, by all runs of both
        contained   float  runs shared, by those of the shorter article
        """,
    ),
    declared(
        "links",
        "Which story each article belongs to.",
        """
        article_id  text   the article
        story       text   the id of the first article of its story
        belongs     float  mean probability of being of one story with its other articles; missing where it stands alone
        """,
    ),
    declared(
        "stories",
        "The stories of a corpus, the widest covered first.",
        """
        story       text  the id of its first article
        title       text  headline of the article that resembles the others most
        first       date  first day of publication, of articles dated to the day
        last        date  last such day
        n_articles  int   articles
        n_outlets   int   outlets
        outlets     text  their names
        place       text  the place that most of its articles name
        actors      text  up to three actors that most of its articles name
        """,
    ),
    declared(
        "claims",
        "Number claims that have a counterpart in another article of their story.",
        """
        story       text   the story
        claim       int    number of the quantity in the story
        article_id  text   the article
        outlet      text   its outlet
        published   date   its day of publication
        start       int    first character in the body
        end         int    character after the last
        surface     text   body[start:end]
        low         float  the value, or the lower end of the range, in the common unit
        high        float  the upper end; infinite where the words leave it open
        unit        text   the common unit
        counted     text   what is counted
        qualifier   text   about, more than, up to, at least; empty where none
        claimant    text   who says so; empty in the outlet's own voice
        verified    text   a verification note beside it
        conflict    bool   whether another claim of the quantity cannot be true together with this one
        """,
    ),
    declared(
        "facts",
        "The fact matrix of a story: a row for each fact and outlet.",
        """
        kind             text   statement, quantity, action, actor, place
        fact             text   the fact, by its first telling
        outlet           text   the outlet
        state            text   present, absent, could have had it
        k                int    articles of the outlet that have it
        n                int    articles of the outlet on the story
        n_outlets        int    outlets that have it
        first_day        date   day on which it first stands anywhere
        article_id       text   article of its first place in the outlet; empty where absent
        start            int    first character there
        end              int    character after the last
        depth            float  0 first word of that article, 1 last
        voice            text   own, attributed; empty where absent
        near_article     text   article of the nearest sentence, where absent
        near_start       int    first character of that sentence
        near_end         int    character after its last
        near_similarity  float  how near it is, 0 to 1
        """,
    ),
    declared(
        "event_days",
        "Days on which an article says that something happened.",
        """
        article_id   text  the article
        start        int   first character in the body
        end          int   character after the last
        surface      text  body[start:end]
        day          date  the day meant
        days_before  int   days from it to publication; missing where that is not known to the day
        """,
    ),
    declared(
        "pairs",
        "Pairs of articles that may report one event, as linking keeps them; pairs below .2 are left out.",
        """
        left    int    an article: its row in the list of articles kept beside
        right   int    another
        chance  float  probability of being of one story
        """,
    ),
)
