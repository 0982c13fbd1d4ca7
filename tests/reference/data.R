# The made-up answers, the scores of respondents, and how figures are written down.
# Sourced by the scripts beside it, which run in this folder.

answers <- subset(read.csv("answers.csv", na.strings = ""), completeness != "break_off")
eligible <- read.csv("eligible.csv", na.strings = "")
waves <- c("early", "middle", "late")
communities <- sort(unique(answers$community))
types <- c(acme = "company_sme", bolt = "company_sme", college = "vocational_school")

items <- c("t1", "t2", "t3", "pride1", "credit1")
answers[items][answers[items] < 0] <- NA  # -102 not answered, -103 does not apply
answers$type <- unname(types[answers$partner])

turned <- data.frame(t1 = answers$t1, t2 = 6 - answers$t2, t3 = answers$t3)  # t2 is put the other way round
answers$trust <- ifelse(rowSums(!is.na(turned)) >= 2, rowMeans(turned, na.rm = TRUE), NA)
answers$agrees <- as.numeric(answers$trust >= 4)

points <- answers[c("w", "l", "i")]
points[is.na(points)] <- 0
whole <- rowSums(points)
answers[c("work", "learn", "renew")] <- points / ifelse(whole >= 99 & whole <= 101, whole, NA)

# Eligible people; NA: not known, or not known by partner type.
population <- function(community, wave, type = NULL) {
  mine <- eligible[eligible$community == community & eligible$wave == wave, ]
  if (!is.null(type)) mine <- mine[!is.na(mine$partner) & types[mine$partner] == type, ]
  if (nrow(mine)) sum(mine$people) else NA
}

cell <- function(community, wave) answers[answers$community == community & answers$wave == wave, ]

each_cell <- function(compute) {
  places <- unique(answers[c("community", "wave")])
  do.call(rbind, Map(compute, places$community, places$wave))
}

# One figure: its key, then its numbers; what is left out is not there.
NUMBERS <- c("n", "estimate", "se", "low", "high", "effect", "p")
figure <- function(indicator, community, wave, ..., measure = "value", versus = "", group_value = "",
                   part = "") {
  numbers <- modifyList(as.list(setNames(rep(NA_real_, length(NUMBERS)), NUMBERS)), list(...))
  data.frame(indicator, measure, community, wave, versus, group_value, part, numbers)
}

# Twelve digits: more than is compared, fewer than machines differ in.
record <- function(name, figures, ...) {
  versions <- vapply(c(...), function(one) paste(one, packageVersion(one)), "")
  figures[NUMBERS] <- lapply(figures[NUMBERS], function(one) ifelse(is.na(one), "", sprintf("%.12g", one)))
  file <- file.path("recorded", paste0(name, ".csv"))
  writeLines(paste("#", paste(c(R.version.string, versions), collapse = ", ")), file)
  suppressWarnings(write.table(figures, file, append = TRUE, sep = ",", quote = FALSE, row.names = FALSE))
}
