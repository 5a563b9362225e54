/* SPDX-License-Identifier: MIT */
/* The goods trade of Belarus and Kazakhstan as each reports it, in thousand US dollars.
 *
 * To 2016: UN Comtrade through World Bank WITS (github.com/pandringa/world-trade at 53440ea,
 * data/countries/BLR.json and KAZ.json). Kazakhstan from 2018: Bureau of National Statistics,
 * tables of foreign trade by country (github.com/mary-lev/eu-export-sanctions at 4b6a5df).
 * Kazakhstan 2017: azernews.az/region/141437.html. Belarus 2018: law.by/news/legal-news/2019/
 * august/39065. A year that a side did not publish is NONE. */
#ifndef BLR_KAZ_FIGURES_H
#define BLR_KAZ_FIGURES_H

#define NONE (-1.0)

static const struct {
    const char *year;
    double belarus_exports;
    double belarus_imports;
    double kazakhstan_exports;
    double kazakhstan_imports;
} blr_kaz_figures[] = {
    {"1995", NONE, NONE, 54155.034, 77739.863},
    {"1996", NONE, NONE, 46146.738, 120459.168},
    {"1997", NONE, NONE, 42959.654, 58204.189},
    {"1998", 48019.216, 35615.552, 21682.26, 59970.001},
    {"1999", 28348.152, 12490.872, 11365.277, 38263.198},
    {"2000", 19570, 44929.6, 16154.9, 39524.5},
    {"2001", 28507.8, 8359.5, 5120.3, 46348.1},
    {"2002", 39113.8, 14895.3, 11814.6, 54802},
    {"2003", 68048.6, 12999.2, 12577.9, 94896.2},
    {"2004", 121289.8, 23524, 18232.059, 143821.99},
    {"2005", 183508.2, 31070.3, 26489.684, 207994.633},
    {"2006", 261089.8, 73255.7, 70974.536, 284350.549},
    {"2007", 361374.6, 151737.2, 129293.777, 395967.009},
    {"2008", 365215.8, 171779.9, 170831.587, 396202.11},
    {"2009", 313369.4, 74863.3, 54703.572, 367063.179},
    {"2010", 464778.8, 405811.3, 41479.403, 251123.979},
    {"2011", 668679.2, 136797.9, 103493, 623366.2},
    {"2012", 804138, 119023.9, 90356.78, 675526.58},
    {"2013", 862001.4, 77667.6, 58288.155, 698342.372},
    {"2014", 875462, 82476.6, 61177.283, 773817.059},
    {"2015", 522778.2, 45181.8, 53433.625, 488032.838},
    {"2016", 363103.4, 55324.1, 31865.868, 332607.223},
    {"2017", NONE, NONE, 95500, 508600},
    {"2018", 783700, 112300, 105087.9, 607328.6},
    {"2019", NONE, NONE, 106814.90137, 662556.8},
    {"2020", NONE, NONE, 77322.97447, 664879.94327},
    {"2021", NONE, NONE, 110295.76861, 780733.46803},
    {"2022", NONE, NONE, 186537.53345, 905549.64696},
    {"2023", NONE, NONE, 183492.34882, 764824.42496},
};
#define BLR_KAZ_YEARS (sizeof blr_kaz_figures / sizeof blr_kaz_figures[0])

#endif
