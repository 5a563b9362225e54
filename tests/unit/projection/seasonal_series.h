/* SPDX-License-Identifier: MIT */
/* R's AirPassengers (monthly, 1949 to 1960), mdeaths (monthly, 1974 to 1979) and the first eleven
 * years of UKgas (quarterly, from 1960). */
#ifndef SEASONAL_SERIES_H
#define SEASONAL_SERIES_H

#include "passengers.h"

static const double deaths[] = {
    2134, 1863, 1877, 1877, 1492, 1249, 1280, 1131, 1209, 1492, 1621, 1846, 2103, 2137, 2153,
    1833, 1403, 1288, 1186, 1133, 1053, 1347, 1545, 2066, 2020, 2750, 2283, 1479, 1189, 1160,
    1113, 970,  999,  1208, 1467, 2059, 2240, 1634, 1722, 1801, 1246, 1162, 1087, 1013, 959,
    1179, 1229, 1655, 2019, 2284, 1942, 1423, 1340, 1187, 1098, 1004, 970,  1140, 1110, 1812,
    2263, 1820, 1846, 1531, 1215, 1075, 1056, 975,  940,  1081, 1294, 1341};
static const double gas[] = {160.1, 129.7, 84.8,  120.1, 160.1, 124.9, 84.8,  116.9, 169.7,
                             140.9, 89.7,  123.3, 187.3, 144.1, 92.9,  120.1, 176.1, 147.3,
                             89.7,  123.3, 185.7, 155.3, 99.3,  131.3, 200.1, 161.7, 102.5,
                             136.1, 204.9, 176.1, 112.1, 140.9, 227.3, 195.3, 115.3, 142.5,
                             244.9, 214.5, 118.5, 153.7, 244.9, 216.1, 188.9, 142.5};
#define PASSENGERS passengers, 144, 12
#define DEATHS     deaths, 72, 12
#define GAS        gas, 44, 4

/* Without a unit root: no season, and one of four. */
static const double still[] = {5, 7, 4, 6, 5.5, 6.5, 4.5, 7.2, 4.1, 6.3};
static const double still_seasons[] = {1, 9,   5, 3, 2, 8, 4.5, 3.5, 1.5, 9.5,
                                       5, 2.5, 1, 9, 4, 3, 1.2, 8.8, 5.2, 2.9};
#define STILL         still, 10, 1
#define STILL_SEASONS still_seasons, 20, 4

#endif
