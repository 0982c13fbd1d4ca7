# How much people of a community see the same: r_wg(J), AD and ICC by multilevel.
suppressMessages(library(multilevel))
source("data.R")

# multilevel leaves out people who skipped an item; the engine takes everyone's answers to each item. So the
# package gives what is compared where nobody skipped one, and confirms the formulas here where somebody did.
r_wg_j <- function(answered) {
  r <- min(mean(vapply(answered, var, 1, na.rm = TRUE)) / 2, 1)
  ncol(answered) * (1 - r) / (ncol(answered) * (1 - r) + r)
}
deviation <- function(answered) {
  mean(vapply(answered, function(one) mean(abs(na.omit(one) - mean(one, na.rm = TRUE))), 1))
}
confirmed <- function(answered) {
  complete <- na.omit(answered)
  group <- rep(1, nrow(complete))
  stopifnot(
    all.equal(r_wg_j(complete), rwg.j(complete, group)$rwg.j),
    all.equal(deviation(complete), ad.m(complete, group)$AD.M)
  )
  answered
}

within_community <- function(community, wave) {
  answered <- confirmed(cell(community, wave)[c("t1", "t2", "t3")])
  n <- min(colSums(!is.na(answered)))
  rbind(
    figure("trust-consensus", community, wave, n = n, estimate = r_wg_j(answered)),
    figure("trust-consensus", community, wave, n = n, estimate = deviation(answered), part = "ad")
  )
}

single_item <- function(community, wave) {
  t1 <- as.numeric(na.omit(cell(community, wave)$t1))
  figure("t1-consensus", community, wave, n = length(t1), estimate = rwg(t1, rep(1, length(t1)), ranvar = 2)$rwg)
}

# n: of the figures that it is made of, as everywhere across communities.
between_communities <- function(indicator, column, items) do.call(rbind, lapply(waves, function(wave) {
  here <- answers[answers$wave == wave, ]
  model <- aov(here[[column]] ~ as.factor(here$community))
  n <- sum(vapply(split(here[items], here$community), function(one) min(colSums(!is.na(one))), 1))
  rbind(
    figure(indicator, "", wave, n = n, estimate = ICC1(model), part = "icc1"),
    figure(indicator, "", wave, n = n, estimate = ICC2(model), part = "icc2")
  )
}))

record("consensus", rbind(
  each_cell(within_community),
  each_cell(single_item),
  between_communities("trust-consensus", "trust", c("t1", "t2", "t3")),
  between_communities("t1-consensus", "t1", "t1")
), "multilevel")
