-- What the store and the snapshot for analysts both hold. The line above a table and the words behind a column
-- become their comments in the database (see schema.py).

-- The programme that these communities belong to; one row.
CREATE TABLE programme (
    programme VARCHAR NOT NULL,    -- id
    title_nl VARCHAR NOT NULL,     -- name in Dutch
    title_en VARCHAR NOT NULL,     -- name in English
    simulated BOOLEAN NOT NULL     -- every answer was made up, to show what the monitor does
);

-- A community, one row per period in which its profile was the same.
CREATE TABLE community (
    community VARCHAR NOT NULL,    -- id: the name of its file in communities/
    name VARCHAR NOT NULL,         -- name as it is written in reports
    sector VARCHAR NOT NULL,       -- sector pack of the instrument; '' = none
    started DATE,                  -- first day of the community
    ends DATE,                     -- last day; NULL = open
    scale VARCHAR,                 -- micro, meso or macro
    phase VARCHAR,                 -- start, development, validation, sustaining or scaling
    purpose_nl VARCHAR,            -- what it is for, in Dutch
    purpose_en VARCHAR,            -- what it is for, in English
    valid_from DATE,               -- first day on which this profile held
    valid_to DATE                  -- last day on which it held; NULL = open
);

-- How a community means to divide its time or means, per part of a division.
CREATE TABLE intended_mix (
    community VARCHAR NOT NULL,    -- community.community
    division VARCHAR NOT NULL,     -- division_part.division
    part VARCHAR NOT NULL,         -- division_part.part
    share DOUBLE NOT NULL,         -- intended share of the whole, 0 to 1
    valid_from DATE,               -- first day on which this intention held
    valid_to DATE                  -- last day; NULL = open
);

-- An organisation that takes part in a community.
CREATE TABLE partner (
    community VARCHAR NOT NULL,    -- community.community
    partner VARCHAR NOT NULL,      -- id within the community
    name VARCHAR NOT NULL,         -- name of the organisation
    type VARCHAR NOT NULL,         -- kind of organisation
    role VARCHAR NOT NULL,         -- lead, core, partner or associated
    joined DATE,                   -- first day; NULL = from the start
    left_on DATE                   -- last day; NULL = still takes part
);

-- How many participants could have answered: the population behind a figure.
CREATE TABLE eligible (
    community VARCHAR NOT NULL,    -- community.community
    wave VARCHAR NOT NULL,         -- wave.wave
    partner VARCHAR NOT NULL,      -- partner.partner; '' = counted for the community as a whole
    participants INTEGER NOT NULL  -- eligible participants
);

-- One round of the survey.
CREATE TABLE wave (
    wave VARCHAR NOT NULL,         -- id
    title_nl VARCHAR NOT NULL,     -- name in Dutch
    title_en VARCHAR NOT NULL,     -- name in English
    opens DATE NOT NULL,           -- first day
    closes DATE NOT NULL,          -- last day
    kind VARCHAR NOT NULL          -- baseline, progress, midterm, annual, final or followup
);

-- A building block of the temple.
CREATE TABLE block (
    block VARCHAR NOT NULL,        -- id
    code VARCHAR NOT NULL,         -- short code
    pillar VARCHAR NOT NULL,       -- purpose, structure, process, culture or foundation
    title_nl VARCHAR NOT NULL,     -- name in Dutch
    title_en VARCHAR NOT NULL,     -- name in English
    evidence VARCHAR NOT NULL,     -- C = named by the model's authors, c = by others, I = by us
    source VARCHAR NOT NULL        -- where it was found
);

-- How a community filled a building block, and what it strives for there; one row per period.
CREATE TABLE block_filling (
    community VARCHAR NOT NULL,    -- community.community
    block VARCHAR NOT NULL,        -- block.block
    status VARCHAR NOT NULL,       -- empty, developing, filled, or not_applicable (on purpose)
    filling_nl VARCHAR,            -- how, in Dutch
    filling_en VARCHAR,            -- how, in English
    ambition DOUBLE,               -- what it strives for on the scale of the items; NULL = none set
    ambition_set_on DATE,          -- day on which the ambition was set; it counts in waves that open later
    valid_from DATE,               -- first day on which this held
    valid_to DATE                  -- last day; NULL = open
);

-- A questionnaire as it was in a wave, for communities of a sector.
CREATE TABLE form (
    wave VARCHAR NOT NULL,         -- wave.wave
    sector VARCHAR NOT NULL,       -- community.sector
    form VARCHAR NOT NULL,         -- id; its answers are in responses_<form>, unless it asks about each partner
    title_nl VARCHAR NOT NULL,     -- name in Dutch
    title_en VARCHAR NOT NULL,     -- name in English
    population VARCHAR NOT NULL    -- who could answer it: participants, partners or unknown
);

-- A question as it was asked in a wave, in communities of a sector. Join on wave, item and the community's sector.
CREATE TABLE item (
    wave VARCHAR NOT NULL,         -- wave.wave
    sector VARCHAR NOT NULL,       -- community.sector
    form VARCHAR NOT NULL,         -- form.form
    item VARCHAR NOT NULL,         -- code: the name of its column in responses_<form>
    position INTEGER NOT NULL,     -- place in the form, from 1
    module VARCHAR NOT NULL,       -- optional module that it belongs to; '' = always asked
    type VARCHAR NOT NULL,         -- scale, number, partner or consent
    scale VARCHAR NOT NULL,        -- scale_code.scale; '' = none
    text_nl VARCHAR NOT NULL,      -- the question in Dutch
    text_en VARCHAR NOT NULL,      -- the question in English
    reversed BOOLEAN NOT NULL,     -- agreeing means less of the construct
    kind VARCHAR NOT NULL,         -- state, or attribution (level only, never compared over time)
    core BOOLEAN NOT NULL,         -- belongs to the core set
    sensitive BOOLEAN NOT NULL,    -- figures on it need more respondents
    cycle VARCHAR NOT NULL         -- cycle of value creation; '' = none
);

-- Which items make a construct, in a wave and sector.
CREATE TABLE construct_item (
    wave VARCHAR NOT NULL,         -- wave.wave
    sector VARCHAR NOT NULL,       -- community.sector
    construct VARCHAR NOT NULL,    -- id
    item VARCHAR NOT NULL,         -- item.item
    title_nl VARCHAR NOT NULL,     -- name of the construct in Dutch
    title_en VARCHAR NOT NULL,     -- name of the construct in English
    kind VARCHAR NOT NULL,         -- state or attribution
    level VARCHAR NOT NULL,        -- individual, organisation or society; '' = none
    pillar VARCHAR NOT NULL,       -- pillar of the temple; '' = none
    block VARCHAR NOT NULL,        -- block.block whose ambition it is set against; '' = none
    formative BOOLEAN NOT NULL     -- parts that are reported apart and never averaged
);

-- Which number items share out a whole, in a wave and sector.
CREATE TABLE division_part (
    wave VARCHAR NOT NULL,         -- wave.wave
    sector VARCHAR NOT NULL,       -- community.sector
    division VARCHAR NOT NULL,     -- id
    part VARCHAR NOT NULL,         -- name of the part
    item VARCHAR NOT NULL,         -- item.item
    title_nl VARCHAR NOT NULL,     -- name of the division in Dutch
    title_en VARCHAR NOT NULL,     -- name of the division in English
    total DOUBLE NOT NULL          -- what the parts must add up to
);

-- The answers that a scale allows, in a wave and sector.
CREATE TABLE scale_code (
    wave VARCHAR NOT NULL,         -- wave.wave
    sector VARCHAR NOT NULL,       -- community.sector
    scale VARCHAR NOT NULL,        -- id
    code INTEGER NOT NULL,         -- as the survey codes it
    text_nl VARCHAR NOT NULL,      -- label in Dutch
    text_en VARCHAR NOT NULL,      -- label in English
    missing BOOLEAN NOT NULL,      -- says why there is no answer; never counts as one
    agrees BOOLEAN                 -- counts as agreeing; NULL = no share is made on this scale
);

-- What is computed, for every community or only for those of a sector.
CREATE TABLE indicator_definition (
    sector VARCHAR NOT NULL,       -- community.sector; '' = for every community
    indicator VARCHAR NOT NULL,    -- id
    title_nl VARCHAR NOT NULL,     -- name in Dutch
    title_en VARCHAR NOT NULL,     -- name in English
    statistic VARCHAR NOT NULL,    -- mean, share, distribution, balance, …
    of VARCHAR NOT NULL,           -- construct, item or division; '' = of the response itself
    form VARCHAR NOT NULL,         -- form.form
    level VARCHAR NOT NULL,        -- individual, organisation or society; '' = none
    pillar VARCHAR NOT NULL,       -- pillar of the temple; '' = none
    kind VARCHAR NOT NULL,         -- state or attribution
    unit_nl VARCHAR NOT NULL,      -- unit in Dutch
    unit_en VARCHAR NOT NULL,      -- unit in English
    reading_nl VARCHAR NOT NULL,   -- how to read the figure, in Dutch
    reading_en VARCHAR NOT NULL    -- how to read the figure, in English
);

-- A set of figures that was published together; it never changes.
CREATE TABLE edition (
    edition VARCHAR NOT NULL,      -- id: wave and hash of the released figures
    wave VARCHAR NOT NULL,         -- the wave that it reports
    position INTEGER NOT NULL      -- order in which editions were made, from 1
);

-- Every figure of every edition, released or not: what can be known from outside.
CREATE TABLE released_cell (
    edition VARCHAR NOT NULL,      -- edition.edition
    community VARCHAR NOT NULL,    -- community.community; '' = across communities
    wave VARCHAR NOT NULL,         -- wave.wave
    form VARCHAR NOT NULL,         -- form.form
    indicator VARCHAR NOT NULL,    -- indicator_definition.indicator
    measure VARCHAR NOT NULL,      -- value, change, ambition, reliable, followed, attrition: see the methods page
    part VARCHAR NOT NULL,         -- code of a distribution, part of a division; '' = the whole
    versus VARCHAR NOT NULL,       -- the earlier wave of a change; '' = none
    group_by VARCHAR NOT NULL,     -- what the group is made by, partner_type or sector; '' = no group
    group_value VARCHAR NOT NULL,  -- which group; '' = all
    n INTEGER,                     -- respondents behind the figure (pairs, for a matched change)
    population INTEGER,            -- eligible; NULL = unknown
    estimate DOUBLE,               -- the figure
    se DOUBLE,                     -- its standard error
    low DOUBLE,                    -- lower end of the 95 % interval; NULL = none is shown
    high DOUBLE,                   -- upper end of the 95 % interval
    reference DOUBLE,              -- own ambition or intended share; NULL = none
    method VARCHAR NOT NULL,       -- how the interval was made
    effect DOUBLE,                 -- of a matched change: standardised, g_av; NULL = none
    p DOUBLE,                      -- of a change: p-value, adjusted for all changes of the report; NULL = none
    word VARCHAR NOT NULL,         -- of a change: higher, lower, no_clear_difference or too_few; of a consensus: shared or divided
    status VARCHAR NOT NULL,       -- released, suppressed, not_asked, not_answered, not_applicable or not_available
    reason VARCHAR NOT NULL,       -- why it is suppressed or not available; '' = it is neither
    CHECK (status = 'released' OR coalesce(estimate, se, low, high, effect, p) IS NULL),
    CHECK (status <> 'suppressed' OR n IS NULL)
);
