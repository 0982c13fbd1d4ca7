-- What only a snapshot holds. Comments become comments in the database, as in schema.sql.

-- Which state of the store this is a snapshot of; one row.
CREATE TABLE made_from (
    done VARCHAR NOT NULL          -- fingerprint of the deliveries and editions until then
);

-- Published figures, and those that were held back with the reason: of every wave, as its latest edition says.
CREATE VIEW indicator AS SELECT
    cell.community,                    -- community.community; '' = across communities
    cell.wave,                         -- wave.wave
    cell.form,                         -- form.form
    cell.indicator,                    -- indicator_definition.indicator
    coalesce(definition.level, '') AS level, -- individual, organisation or society; '' = none
    cell.group_by,                     -- what the group is made by, partner_type or sector; '' = no group
    cell.group_value,                  -- which group; '' = all
    cell.n,                            -- respondents behind the figure (pairs, for a matched change)
    cell.population,                   -- eligible; NULL = unknown
    cell.estimate,                     -- the figure; NULL unless status is 'released'
    cell.se,                           -- its standard error
    cell.low,                          -- lower end of the 95 % interval; NULL = none is shown
    cell.high,                         -- upper end of the 95 % interval
    cell.status,                       -- released, suppressed, not_asked, not_answered, not_applicable or not_available
    cell.reason,                       -- why it is suppressed or not available; '' = it is neither
    cell.edition,                      -- edition.edition
    cell.measure,                      -- value, change, ambition, reliable, followed, attrition, shrunken, funnel: see the methods page
    cell.part,                         -- code of a distribution, part of a division; '' = the whole
    cell.versus,                       -- the earlier wave of a change; '' = none
    cell.reference,                    -- own ambition or intended share; NULL = none
    cell.method,                       -- how the interval was made
    cell.effect,                       -- of a matched change: standardised, g_av; NULL = none
    cell.p,                            -- of a change: p-value, adjusted for all changes of the report
    cell.word                          -- of a change: higher, lower, no_clear_difference or too_few; of a consensus: shared or divided
FROM released_cell AS cell
JOIN (
    SELECT wave, arg_max(edition, position) AS edition
    FROM (SELECT DISTINCT cell.wave, edition, position FROM released_cell AS cell JOIN edition USING (edition))
    GROUP BY wave
) AS latest ON cell.wave = latest.wave AND cell.edition = latest.edition
LEFT JOIN (
    SELECT indicator, min_by(level, sector) AS level FROM indicator_definition GROUP BY indicator
) AS definition ON definition.indicator = cell.indicator;
