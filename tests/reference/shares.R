# Shares: standard errors by survey; exact intervals by counting (base R's hypergeometric), Wilson's by prop.test.
suppressMessages(library(survey))
source("data.R")

# All numbers of people in N who would agree that neither tail rejects at 2.5 %. Never one number alone.
exact <- function(k, n, people) {
  agreeing <- k:(people - n + k)
  upper <- phyper(k - 1, agreeing, people - agreeing, n, lower.tail = FALSE)
  lower <- phyper(k, agreeing, people - agreeing, n)
  ends <- range(agreeing[pmin(upper, lower) >= 0.025 * (1 - 1e-10)])
  if (ends[1] == ends[2]) ends <- c(max(k, ends[1] - 1), min(people - n + k, ends[2] + 1))
  ends / people
}

share_figure <- function(indicator, community, wave, agrees, part = "") {
  n <- length(agrees)
  people <- population(community, wave)
  known <- !is.na(people) && people >= n
  design <- svydesign(ids = ~1, weights = ~1, fpc = rep(if (known) people else 1e15, n), data = data.frame(agrees))
  found <- svymean(~agrees, design)
  ends <- c(NA, NA)
  if (!known) ends <- prop.test(sum(agrees), n, correct = FALSE)$conf.int
  if (known && n < people) ends <- exact(sum(agrees), n, people)
  figure(indicator, community, wave, n = n, estimate = coef(found), se = as.numeric(SE(found)),
         low = ends[1], high = ends[2], part = part)
}

shares <- suppressWarnings(rbind(
  each_cell(function(community, wave) {
    share_figure("trust-share", community, wave, as.numeric(na.omit(cell(community, wave)$agrees)))
  }),
  each_cell(function(community, wave) {
    t3 <- as.numeric(na.omit(cell(community, wave)$t3))
    do.call(rbind, lapply(1:5, function(code) {
      share_figure("trust-distribution", community, wave, as.numeric(t3 == code), paste0("t3:", code))
    }))
  })
))
record("shares", shares, "survey")
