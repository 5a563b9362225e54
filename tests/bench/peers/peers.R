# SPDX-License-Identifier: MIT
# R's forecast on series of the competitions, for peers.py: Rscript peers.R FOLDER OUT ARIMA
# Writes id, method, step, point, bounds at 80 % and 95 %; and the CPU seconds of each method.
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
seasons <- c(yearly = 1, quarterly = 4, monthly = 12, other = 1)
out <- file(arguments[2], "w")
cpu <- function() sum(proc.time()[c("user.self", "sys.self")])
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
spent <- list()

run <- function(key, method, project) {
  start <- cpu()
  f <- tryCatch(project(), error = function(e) NULL)
  name <- paste(key["period"], method, sep = "\t")
  spent[[name]] <<- sum(spent[[name]], cpu() - start)
  f
}

put <- function(key, method, f) {
  if (is.null(f)) return()
  h <- seq_along(f$mean)
  cat(sprintf("%s\t%s\t%d\t%.10g\t%.10g\t%.10g\t%.10g\t%.10g\n", key["id"], method, h, f$mean,
              f$lower[, 1], f$upper[, 1], f$lower[, 2], f$upper[, 2]), file = out, sep = "")
}

mean_of <- function(a, b)
  list(mean = (a$mean + b$mean) / 2, lower = (a$lower + b$lower) / 2, upper = (a$upper + b$upper) / 2)

for (set in c("m1", "m3", "tourism")) {
  path <- file.path(arguments[1], paste0(set, ".tsv.gz"))
  if (!file.exists(path)) next
  for (line in readLines(gzfile(path))) {
    fields <- strsplit(line, "\t")[[1]]
    key <- c(id = paste(set, fields[1]), period = fields[3])
    y <- ts(numbers(fields[6]), frequency = seasons[[fields[3]]])
    h <- length(numbers(fields[7]))
    ets <- run(key, "ets", function() forecast(ets(y), h = h, level = c(80, 95)))
    theta <- run(key, "thetaf", function() thetaf(y, h = h, level = c(80, 95)))
    put(key, "ets", ets)
    put(key, "thetaf", theta)
    if (!is.null(ets) && !is.null(theta)) put(key, "mean(ets, thetaf)", mean_of(ets, theta))
    if (arguments[3] == "1")
      put(key, "auto.arima",
          run(key, "auto.arima", function() forecast(auto.arima(y), h = h, level = c(80, 95))))
  }
}
for (name in names(spent)) cat("cpu\t", name, "\t", spent[[name]], "\n", file = out, sep = "")
cat("version\t", as.character(packageVersion("forecast")), ", R ", R.version$major, ".",
    R.version$minor, "\n", file = out, sep = "")
close(out)
