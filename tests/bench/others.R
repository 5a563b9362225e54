# SPDX-License-Identifier: MIT
# Other readers of SDMX-ML in R, on one file: each in a process of its own, without the time that
# loading the package takes; medians. What isn't installed is said; README.md has the names.
#
#     Rscript others.R FILE [REPEATS]

readers <- list(
  readsdmx = function(path) readsdmx::read_sdmx(path, quiet = TRUE),
  rsdmx = function(path) as.data.frame(rsdmx::readSDMX(path, isURL = FALSE))
)

# In a child: reads and prints user, system, wall, rows, sum.
run <- function(name, path) {
  loadNamespace(name)
  time <- system.time(table <- readers[[name]](path))
  values <- table[[grep("^(OBS_?VALUE)$", names(table), ignore.case = TRUE)[1]]]
  sum <- if (is.null(values)) 0 else sum(as.numeric(values), na.rm = TRUE)
  cat("RESULT", time[1:3], nrow(table), sprintf("%.2f", sum), "\n")
}

# Numbers, or why there are none.
measure <- function(script, name, path) {
  said <- suppressWarnings(system2("Rscript", shQuote(c(script, path, "--run", name)),
                                   stdout = TRUE, stderr = TRUE))
  line <- grep("^RESULT ", said, value = TRUE)
  if (length(line) == 0) {
    return(paste("failed:", c(grep("^Error", said, value = TRUE), tail(said, 1))[1]))
  }
  numbers <- as.numeric(strsplit(line, " ")[[1]][2:6])
  if (numbers[4] == 0) "read no observation" else numbers
}

main <- function(script, path, repeats) {
  size <- file.size(path) / 1e6
  cat(sprintf("%s: %.1f MB; medians of %d runs; rates by CPU time\n\n", path, size, repeats))
  cat(sprintf("%-9s%9s%9s%9s%9s%9s\n", "", "wall s", "user s", "system s", "MB/s", "Mobs/s"))
  for (name in names(readers)) {
    if (!requireNamespace(name, quietly = TRUE)) {
      cat(sprintf("%-9s not installed\n", name))
      next
    }
    results <- lapply(seq_len(repeats), function(i) measure(script, name, path))
    if (is.character(results[[1]])) {
      cat(sprintf("%-9s %s\n", name, results[[1]]))
      next
    }
    all <- do.call(rbind, results)
    cpu <- median(all[, 1] + all[, 2])
    cat(sprintf("%-9s%9.2f%9.2f%9.2f%9.2f%9.3f  observations %.0f sum %.2f\n", name,
                median(all[, 3]), median(all[, 1]), median(all[, 2]), size / cpu,
                all[1, 4] / 1e6 / cpu, all[1, 4], all[1, 5]))
  }
}

script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) == 3 && arguments[2] == "--run") {
  run(arguments[3], arguments[1])
} else if (length(arguments) %in% 1:2) {
  main(script, arguments[1], if (length(arguments) == 2) as.integer(arguments[2]) else 3L)
} else {
  stop("usage: Rscript others.R FILE [REPEATS]")
}
