"""How it is told: labels, voice, frames and the other indicators of framing, each a count with its evidence."""

from analysis.framing.beside import evaluative_rates, evaluative_words, titles
from analysis.framing.claims import (
    attention,
    by_group,
    cannot_say,
    commonest,
    contrast,
    extremes,
    same_story,
    size,
    survivors,
    towards,
    widest,
)
from analysis.framing.coding import coder_agreement, coder_limits
from analysis.framing.episodes import episodes, episodic_thematic
from analysis.framing.events import VOICES
from analysis.framing.frames import (
    PAIRS,
    conflict_stories,
    frame_evidence,
    frame_shares,
    frame_words,
    war_peace,
)
from analysis.framing.groups import with_voice
from analysis.framing.harms import annotate_harms
from analysis.framing.labels import annotate_labels
from analysis.framing.naming import (
    label_differences,
    label_shares,
    leading_concept,
    scare_quotes,
    voice_of_labels,
)
from analysis.framing.people import cue_shares, source_shares, victim_shares, victims
from analysis.framing.quality import measured, quality, trusted
from analysis.framing.responsibility import responsibility, responsibility_shares
from analysis.framing.salience import divergence, positions
from analysis.framing.sentences import leaning, loudest, named_parties, untrusted
from analysis.framing.survival import by_finding, caption_labels, panel, plain_labels
from analysis.framing.tone import annotate_tone, tone_shares
from analysis.framing.verdicts import LAYERS, Indicator, indicators, side_by_side, standing, verdicts
from analysis.framing.voice import (
    attributed_claims,
    claims_of_fact,
    doer_hidden,
    doers_and_patients,
    hidden_doer_rate,
    voice_shares,
)
from analysis.framing.wording import own_words, story_keyness

__all__ = [
    "LAYERS",
    "PAIRS",
    "VOICES",
    "Indicator",
    "annotate_harms",
    "annotate_labels",
    "annotate_tone",
    "attention",
    "attributed_claims",
    "by_finding",
    "by_group",
    "cannot_say",
    "caption_labels",
    "claims_of_fact",
    "coder_agreement",
    "coder_limits",
    "commonest",
    "conflict_stories",
    "contrast",
    "cue_shares",
    "divergence",
    "doer_hidden",
    "doers_and_patients",
    "episodes",
    "episodic_thematic",
    "evaluative_rates",
    "evaluative_words",
    "extremes",
    "frame_evidence",
    "frame_shares",
    "frame_words",
    "hidden_doer_rate",
    "indicators",
    "label_differences",
    "label_shares",
    "leading_concept",
    "leaning",
    "loudest",
    "measured",
    "named_parties",
    "own_words",
    "panel",
    "plain_labels",
    "positions",
    "quality",
    "responsibility",
    "responsibility_shares",
    "same_story",
    "scare_quotes",
    "side_by_side",
    "size",
    "source_shares",
    "standing",
    "story_keyness",
    "survivors",
    "titles",
    "tone_shares",
    "towards",
    "trusted",
    "untrusted",
    "verdicts",
    "victim_shares",
    "victims",
    "voice_of_labels",
    "voice_shares",
    "war_peace",
    "widest",
    "with_voice",
]
