"""The tables of what is read, and of what is found in it."""

from __future__ import annotations

from analysis.schemas.declaring import declared

ARTICLES = (
    declared(
        "articles",
        "One row an article.",
        """
        article_id           text   first 16 hex digits of the sha256 of the source (file bytes, or the row of a table)
        path                 text   where it came from, relative to the corpus, with forward slashes
        row                  int    row in that file, counted from 1; missing where a file is one article
        outlet               text   who published it; "unknown" where nothing says so
        outlet_how           text   how the outlet is known: sources.csv, column, html, text, unknown
        headline             text   the article's own headline; empty where there is none
        headline_how         text   how the headline is known
        byline               text   author line; empty where there is none
        published            date   day of publication, or the first day of the range; missing where unknown
        published_until      date   last day of the range; the same day where the day is known
        published_precision  text   day, month, range or unknown
        published_how        text   the evidence for the date, in words
        published_conflict   text   a date that contradicts it, in words; empty where none does
        url                  text   address of the page; empty where unknown
        language             text   ISO 639-1 code of the body
        kind                 text   original, repost, rewritten, wire or unknown
        kind_how             text   how the kind is known
        body                 text   the kept lines, joined by newlines
        n_words              int    words in the body
        n_lines_removed      int    lines that cleaning removed
        notes                text   repairs made while reading, joined by "; "
        """,
    ),
    declared(
        "set_aside",
        "Inputs that did not become articles, with the reason.",
        """
        path    text  the file, relative to the corpus
        row     int   row in that file, counted from 1; missing for a whole file
        reason  text  empty, binary, too large, duplicate, not English, unreadable, no text
        detail  text  what exactly was seen, and what to do
        """,
    ),
    declared(
        "lines",
        "Every non-empty line of the source: what was kept or removed, and why. Removed lines have no offsets.",
        """
        line          int    number of the line in the source, counted from 1
        source_start  int    first character in the decoded source text
        source_end    int    character after the last
        kind          text   body, subheading, headline, duplicate headline, byline, dateline, timestamp, section label, caption, image credit, related link, share bar, player notice, video title, promotion, comment, navigation, footer
        kept          bool   whether the line is part of the body
        rule          text   short name of the rule that decided
        reason        text   the rule's reason in words
        text          text   the line itself
        """,
        layer=True,
    ),
    declared(
        "dates",
        "Candidates for the day of publication, the chosen one marked.",
        """
        article_id  text   the article
        start_date  date   first day meant
        end_date    date   last day meant
        kind        text   sources.csv, column, html, stamp, dateline, caption, body, weekday, url, file
        evidence    text   the words that say so, with their line
        chosen      bool   whether this candidate, or a reading of it, was taken
        reason      text   why it was taken or left
        """,
    ),
    declared(
        "sentences",
        "Sentences of the body.",
        """
        sentence   int  number in the article, from 0
        paragraph  int  number of the body line it stands in, from 0
        """,
        layer=True,
    ),
    declared(
        "tokens",
        "Tokens with their grammar, as the language model read them: enough to rebuild the parse.",
        """
        sentence  int   number of the sentence
        lemma     text  dictionary form
        pos       text  Universal Dependencies part of speech
        tag       text  Penn Treebank tag
        dep       text  dependency label (CLEAR scheme)
        head      int   number of the head token in the article, from 0
        entity    text  entity as the model saw it, B-TYPE or I-TYPE; empty outside
        """,
        layer=True,
    ),
    declared(
        "mentions",
        "Mentions of people, organisations and groups, and of governments by metonymy.",
        """
        surface   text   body[start:end]
        kind      text   person, organisation, group, government
        actor     text   the actor it stands for, one name for all spellings in the corpus
        role      text   title or role in the text beside it, as written
        rule      text   why it is a mention of this kind
        sentence  int    number of the sentence
        quoted    bool   inside a quotation
        """,
        layer=True,
    ),
    declared(
        "aliases",
        "The ledger of names: each surface form, the actor it was counted for, or why it was not merged.",
        """
        surface     text   the form as written
        kind        text   person, organisation, group, government
        actor       text   the actor it is counted for
        rule        text   codebook, aliases.csv, same name, surname in article, transliteration, acronym, ...
        evidence    text   what the rule saw
        confidence  float  0 to 1
        merged      bool   false for a refusal: two candidates, and why
        n_mentions  int    how often the form occurs
        n_articles  int    in how many articles
        article_id  text   the article the row holds for; empty where it holds for the corpus
        """,
    ),
    declared(
        "statements",
        "Who is quoted or paraphrased, with which words. start and end are the span of the content; a statement whose content is broken has a row a piece, with one number.",
        """
        statement      int   number in the article, from 0
        surface        text  body[start:end]
        source_start   int   first character of the source; missing where there is none
        source_end     int   character after its last
        source         text  the source as written
        actor          text  the actor it stands for; empty where none is known
        source_class   text  government, military, international, expert, civilian, business, ngo, media, anonymous, other
        explicitness   text  named, role, anonymous, document
        cue_start      int   first character of the cue; missing where there is none
        cue_end        int   character after its last
        cue            text  lemma of the reporting verb or phrase
        cue_class      text  neutral, endorsing, distancing, combative
        form           text  direct, partial, indirect
        side           text  the source's side in the codebook; empty where none
        relay          text  through whom it reached the outlet: "Interfax"
        hedge          text  hedging words in the cue clause
        verification   text  a note such as "could not be independently verified"
        rule           text  how it was found
        sentence       int   number of the sentence the content begins in
        """,
        layer=True,
    ),
    declared(
        "actions",
        "Who did what to whom. start and end are the verb's span.",
        """
        verb           text   lemma
        verb_class     text   class in the codebook: attack, capture, negotiate, accuse, help, ...; empty where none
        agent_start    int    first character of the agent; missing where none is named
        agent_end      int    character after its last
        agent          text   actor, or head noun where it is no known actor
        patient_start  int    first character of the patient
        patient_end    int    character after its last
        patient        text   actor, or head noun
        voice          text   active, passive, intransitive
        negated        bool   "did not", "refused to", "no soldiers were"
        modal          text   may, could, ...; if; or the word it depends on where it is only wanted, planned or alleged
        attributed     text   actor whose statement it stands in; empty in the outlet's own voice
        sentence       int    number of the sentence
        """,
        layer=True,
    ),
    declared(
        "places",
        "Place names with the place each was resolved to.",
        """
        surface     text   body[start:end]
        kind        text   country, region, district, town, water, area, facility, demonym, metonym
        role        text   event, dateline, mention, comparison
        place_id    text   gazetteer id; empty where unresolved
        place       text   the gazetteer's name
        country     text   ISO 3166-1 alpha-2
        region      text   GeoNames first-order code, such as UA.05
        lat         float  degrees north
        lon         float  degrees east
        precision   text   town, district, region, country, area, unresolved
        margin      float  lead of the chosen candidate over the next
        candidates  text   up to three candidates with their scores, as words
        rule        text   why it is a place, and why this one
        sentence    int    number of the sentence
        quoted      bool   inside a quotation
        """,
        layer=True,
    ),
    declared(
        "labels",
        "The word chosen for a concept of the codebook.",
        """
        surface   text  body[start:end]
        concept   text  the concept in the codebook
        label     text  the label in the codebook
        voice     text  own, quoted, reported
        speaker   text  whose words they are; empty in the outlet's own voice
        scare     bool  in quotation marks without a speaker
        sentence  int   number of the sentence
        """,
        layer=True,
    ),
    declared(
        "harms",
        "Harm events and the voice they are told in. start and end are the event word's span.",
        """
        surface   text  body[start:end]
        event     text  lemma of the harm word
        voice     text  active named, active vague, passive with agent, passive agentless, intransitive, nominal, existential
        agent     text  as written; empty where none
        agent_side   text  side in the codebook
        victim    text  as written; empty where none
        victim_side  text  side in the codebook
        quoted    bool  inside a quotation or reported
        rule      text  what in the parse decided
        sentence  int   number of the sentence
        """,
        layer=True,
    ),
    declared(
        "tone",
        "The tone of a sentence towards an actor it names, by a small model: weak evidence. start and end are the actor's first mention in it.",
        """
        surface   text   body[start:end]
        actor     text   the actor
        tone      text   negative, neutral, positive
        score     float  the model's probability of it
        quoted    bool   inside a quotation
        sentence  int    number of the sentence
        """,
        layer=True,
    ),
    declared(
        "quantities",
        "Number claims.",
        """
        surface    text   body[start:end]
        low        float  the value, or the lower end of the range
        high       float  the value, or the upper end
        unit       text   what it is measured in; empty for counts
        counted    text   what is counted
        qualifier  text   about, more than, up to, at least; empty where none
        claimant   text   who says so; empty in the outlet's own voice
        cue        text   the reporting verb
        hedge      text   hedging words
        verified   text   a verification note beside it
        place      text   where, as resolved in the sentence
        when       text   when, as written
        flag       text   why it looks implausible; empty where it does not
        sentence   int    number of the sentence
        """,
        layer=True,
    ),
    declared(
        "contamination",
        "Who and what would have been counted, had the removed lines stayed in the body.",
        """
        article_id  text  the article the line was removed from
        line        int   number of the line in the source, counted from 1
        surface     text  the name as written
        kind        text  person, organisation, group, government, place
        name        text  the actor or place it would have counted for
        """,
    ),
    declared(
        "estimates",
        "A share or rate with its size and interval. Every row counts rows of a layer.",
        """
        group   text   the outlet, side or period
        item    text   what is counted
        k       int    how many
        n       int    of how many
        share   float  k / n
        low     float  lower end of the 95 % interval
        high    float  upper end
        enough  bool   whether the group has enough articles to be compared
        """,
    ),
)
