# Ratios of money: totals of a community's partners, all of whom are on the list. So nothing was drawn: with the
# correction for a list that is complete the standard error is 0, and the engine gives none.
suppressMessages(library(survey))

money <- read.csv("money.csv")
known <- function(...) {  # the sum of what is known; NA where nothing is
  amounts <- cbind(...)
  ifelse(rowSums(!is.na(amounts)) > 0, rowSums(amounts, na.rm = TRUE), NA)
}
money$committed <- known(money$cash_committed, money$in_kind_committed)
money$realised <- known(money$cash_realised, money$in_kind_realised)
companies <- c("company_sme", "company_large", "self_employed")
money$private <- ifelse(money$type %in% companies, money$realised, 0)

of_community <- function(community) {
  mine <- money[money$community == community, ]
  mine$people <- nrow(mine)
  list <- svydesign(ids = ~1, data = mine, fpc = ~people)
  given <- subset(list, !is.na(realised))
  one <- function(indicator, ratio, n) {
    data.frame(indicator, community, n, estimate = sprintf("%.12g", coef(ratio)), se = sprintf("%.12g", SE(ratio)))
  }
  both <- subset(given, !is.na(committed) & committed > 0)
  rbind(
    one("cofunding", svyratio(~realised, ~committed, both), nrow(both)),
    one("private_share", svyratio(~private, ~realised, given), sum(given$variables$realised > 0))
  )
}

file <- "recorded/formulas/money.csv"
writeLines(paste0("# ", R.version.string, ", survey ", packageVersion("survey")), file)
found <- do.call(rbind, lapply(unique(money$community), of_community))
suppressWarnings(write.table(found, file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
