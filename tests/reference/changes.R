# Changes since the wave before: t.test, p.adjust, and g_av by its formula.
source("data.R")

FEWEST <- 5  # pairs for a matched change, respondents a wave for one that is not
EFFECT_FROM <- 10

# Hedges's g_av (Cumming 2012): the mean difference in units of the average standard deviation, corrected.
g_av <- function(before, now) {
  n <- length(now)
  (1 - 3 / (4 * (n - 1) - 1)) * mean(now - before) / ((sd(before) + sd(now)) / 2)
}

matched <- function(indicator, community, wave, versus, before, now) {
  n <- length(now)
  effect <- if (n >= EFFECT_FROM) g_av(before, now) else NA
  test <- t.test(now, before, paired = TRUE)
  figure(indicator, community, wave, measure = "change", versus = versus, n = n, estimate = test$estimate,
         se = test$stderr, low = test$conf.int[1], high = test$conf.int[2], effect = effect, p = test$p.value)
}

welch <- function(indicator, community, wave, versus, before, now) {
  test <- t.test(now, before)
  figure(indicator, community, wave, measure = "change", versus = versus, n = min(length(before), length(now)),
         estimate = -diff(test$estimate), se = test$stderr, low = test$conf.int[1], high = test$conf.int[2],
         p = test$p.value)
}

# Derrick, Toher and White (2017), T_new2: all of both waves, and the correlation of those in both.
overlapping <- function(indicator, community, wave, versus, before, now, pairs) {
  n1 <- length(before); n2 <- length(now); nc <- nrow(pairs)
  welch <- t.test(now, before)
  r <- cor(pairs$value.before, pairs$value.now)
  se <- sqrt(var(before) / n1 + var(now) / n2 - 2 * r * sd(before) * sd(now) * nc / (n1 * n2))
  apart <- n1 + n2 - 2 * nc
  df <- nc - 1 + (unname(welch$parameter) - nc + 1) / (apart + 2 * nc) * apart
  value <- mean(now) - mean(before)
  half <- qt(0.975, df) * se
  figure(indicator, community, wave, measure = "change", versus = versus, n = min(n1, n2), estimate = value, se = se,
         low = value - half, high = value + half, p = 2 * pt(-abs(value / se), df))
}

# Nearly everyone at one end of the scale: t covers too seldom, so nothing is told.
at_an_end <- function(value, scale) min(mean(value) - scale[1], scale[2] - mean(value)) < diff(scale) / 20

# Who answered, and what.
given <- function(community, wave, column) {
  mine <- cell(community, wave)
  mine <- mine[!is.na(mine[[column]]), ]
  data.frame(person = mine$person, value = mine[[column]])
}

change <- function(indicator, column, scale, community, wave, versus) {
  before <- given(community, versus, column)
  now <- given(community, wave, column)
  pairs <- merge(before, now, by = "person", suffixes = c(".before", ".now"), incomparables = NA)
  enough <- nrow(pairs) >= FEWEST && 2 * nrow(pairs) >= min(nrow(before), nrow(now))
  found <- if (enough) matched(indicator, community, wave, versus, pairs$value.before, pairs$value.now)
           else if (nrow(pairs) >= FEWEST) overlapping(indicator, community, wave, versus, before$value, now$value, pairs)
           else welch(indicator, community, wave, versus, before$value, now$value)
  untold <- !is.null(scale) && (at_an_end(before$value, scale) || at_an_end(now$value, scale))
  if (untold) transform(found, low = NA, high = NA, p = NA) else found
}

# Everything that one report compares; p held against all of it.
report <- function(community, wave, versus) {
  columns <- c("trust-mean" = "trust", "trust-share" = "agrees", "t2-mean" = "t2", "work-mean" = "w",
               "pride-mean" = "pride1")
  scales <- list(c(1, 5), c(0, 1), c(1, 5), NULL, c(1, 5))
  followed <- if (wave == "late") 1:4 else 1:5  # pride is on another scale in the last wave
  found <- do.call(rbind, Map(function(indicator, column, scale) {
    change(indicator, column, scale, community, wave, versus)
  }, names(columns)[followed], columns[followed], scales[followed]))
  transform(found, p = p.adjust(p, "BH"))
}

record("changes", rbind(
  report("alpha", "middle", "early"), report("alpha", "late", "middle"),
  report("beta", "middle", "early"), report("beta", "late", "middle"),
  report("gamma", "middle", "early"), report("gamma", "late", "middle"),
  report("delta", "middle", "early"),
  report("epsilon", "middle", "early"),
  report("zeta", "middle", "early")
))
