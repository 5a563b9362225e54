/* SPDX-License-Identifier: MIT */
/** @file trade.h
 * Who trades what with whom: areas in every code system, profiles of trade structures, and the
 * balance of a pair with both sides' reports, growth and the gap between the mirror reports.
 *
 * | word | meaning here |
 * | --- | --- |
 * | reporter | the area whose balance is looked at; the first-named of the pair |
 * | partner | the other one |
 * | ..._REPORTER | what the reporter itself reports: its exports to and imports from the partner |
 * | ..._PARTNER | what the partner itself reports: its exports to and imports from the reporter |
 *
 * So EXPORTS_REPORTER and IMPORTS_PARTNER are two reports of one flow of goods, and so are
 * IMPORTS_REPORTER and EXPORTS_PARTNER. Whatever is a balance, coverage or normalised balance is
 * seen from the reporter in every version: above zero (above 100 %) is a surplus of the reporter.
 *
 * Getters accept NULL and indexes out of range, and give 0, "" or NULL for them.
 *
 * Nothing is summed over partners, levels or groups, nothing missing is taken for zero, and
 * whatever was assumed is told. */
#ifndef BKTRADE_TRADE_H
#define BKTRADE_TRADE_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Areas
 * Countries and territories (ISO 3166), countries that are no more, the world, groups, and what is
 * not specified. All in a table that never changes and lives as long as the library.
 * Sources: ISO 3166-1 and 3166-3; UN M49 with the codes of UN Comtrade's own; the IMF's numbers as
 * in its code lists CL_AREA (IMF:PGI) and of the World Economic Outlook.
 * @{ */

/** An area. Opaque; never freed. Texts of its getters live as long as the library. */
typedef struct bkt_area bkt_area;

/** Systems of area codes. A number alone does not tell its system: 112 is Belarus in M49 and the
 * United Kingdom with the IMF. */
enum bkt_area_system {
    BKT_AREA_SYSTEM_NONE = 0, /**< not known, or none */
    BKT_AREA_SYSTEM_ISO2 = 1, /**< two letters: BY; also the SDMX areas such as W0 */
    BKT_AREA_SYSTEM_ISO3 = 2, /**< three letters: BLR */
    BKT_AREA_SYSTEM_M49 = 3,  /**< UN numbers, with or without leading zeros: 112 */
    BKT_AREA_SYSTEM_IMF = 4,  /**< IMF numbers: 913 */
    BKT_AREA_SYSTEM_LOCAL = 5 /**< codes of one structure alone: see its profile */
};

/** What an area is. */
enum bkt_area_kind_code {
    BKT_AREA_KIND_UNKNOWN = 0,
    BKT_AREA_KIND_COUNTRY = 1,     /**< a country or territory of today */
    BKT_AREA_KIND_FORMER = 2,      /**< one that is no more */
    BKT_AREA_KIND_WORLD = 3,       /**< all partners together */
    BKT_AREA_KIND_GROUP = 4,       /**< a union or region: never to be added to its members */
    BKT_AREA_KIND_UNSPECIFIED = 5, /**< areas not specified, bunkers, free zones */
    BKT_AREA_KIND_NONE = 6         /**< "not applicable" */
};

/** Areas known. @since 0.1 */
BKT_API uint32_t bkt_area_count(void);
/** One of them. @return NULL where there is none such. @since 0.1 */
BKT_API const bkt_area *bkt_area_at(uint32_t index);
/** Finds an area by any code or English name, without regard to case: "BY", "blr", "112", "0112",
 * "913", "Belarus". A number is looked up in M49 first and with the IMF if M49 has none such; where
 * the system is known use bkt_area_find_in().
 * @param text may be NULL.
 * @return borrowed for ever; NULL if none is known by it. @since 0.1 */
BKT_API const bkt_area *bkt_area_find(const char *text);
/** Finds an area by its code in one system; BKT_AREA_SYSTEM_NONE finds by name alone.
 * @param system one of bkt_area_system. @param text may be NULL.
 * @return borrowed for ever; NULL if none is known by it. @since 0.1 */
BKT_API const bkt_area *bkt_area_find_in(int32_t system, const char *text);
/** English name. "" for NULL. @since 0.1 */
BKT_API const char *bkt_area_name(const bkt_area *area);
/** What it is. @return one of bkt_area_kind_code. @since 0.1 */
BKT_API int32_t bkt_area_kind(const bkt_area *area);
/** Its code in a system ("112" without leading zeros in M49 is "112", Albania is "008"); the first
 * where it has several. @return "" where it has none. @since 0.1 */
BKT_API const char *bkt_area_code(const bkt_area *area, int32_t system);
/** What a code stands for, also for groups known by their pattern only (the IMF's G998, GX080,
 * TX898). @param system one of bkt_area_system; BKT_AREA_SYSTEM_NONE: any.
 * @return one of bkt_area_kind_code. @since 0.1 */
BKT_API int32_t bkt_area_kind_of_code(int32_t system, const char *code);
/** The system of a column's codes, told from all of them: the one that knows the most of them.
 * @param codes `count` texts; NULL among them are passed over.
 * @return one of bkt_area_system; BKT_AREA_SYSTEM_NONE when no code is known, or when the codes are
 * numbers that M49 and the IMF know equally well. @since 0.1 */
BKT_API int32_t bkt_area_system_of_codes(const char *const *codes, size_t count);
/** A short name of a system, such as "UN M49".
 * @return "unknown system" for any other number; lives as long as the library. @since 0.1 */
BKT_API const char *bkt_area_system_text(int32_t system);
/** @} */

/** @name Profiles
 * Which column is what in a trade table, and what its codes mean.
 * @{ */

/** A profile. Opaque. Known ones live as long as the library; detected and new ones are the
 * caller's, to be freed. Immutable, may be shared by threads. Texts of its getters are borrowed and
 * live as long as the profile; for NULL they are "". */
typedef struct bkt_profile bkt_profile;

/** What a column is in a trade table. */
enum bkt_profile_role {
    BKT_PROFILE_REPORTER = 1,
    BKT_PROFILE_PARTNER = 2,
    BKT_PROFILE_FLOW = 3,
    BKT_PROFILE_PRODUCT = 4,
    BKT_PROFILE_VALUE = 5,
    BKT_PROFILE_UNIT = 6,
    BKT_PROFILE_MULTIPLIER = 7,
    BKT_PROFILE_FREQUENCY = 8,
    BKT_PROFILE_TIME = 9,
    BKT_PROFILE_VALUATION = 10,
    BKT_PROFILE_STATUS = 11,         /**< OBS_STATUS */
    BKT_PROFILE_CONFIDENTIALITY = 12 /**< CONF_STATUS */
};

/** What a flow code means. */
enum bkt_flow {
    BKT_FLOW_OTHER = 0, /**< neither: re-exports, re-imports, balances, shares. Never added */
    BKT_FLOW_EXPORTS = 1,
    BKT_FLOW_IMPORTS = 2
};

/** At which border a value is taken. */
enum bkt_valuation {
    BKT_VALUATION_NOT_STATED = 0,
    BKT_VALUATION_FOB = 1,
    BKT_VALUATION_CIF = 2,
    BKT_VALUATION_OTHER = 3
};

/** How a value becomes plain units of currency. */
enum bkt_multiplier_rule {
    BKT_MULTIPLIER_POWER = 1,    /**< times 10 to the power of the row's multiplier */
    BKT_MULTIPLIER_FIXED = 2,    /**< times 10 to a power that the structure implies; 0 is plain */
    BKT_MULTIPLIER_COMTRADE = 3, /**< the row's code in UN Comtrade's list of 2005: 0 units, 1 tens,
                                      2 hundreds, 3 thousands, 4 ten thousands, 5 millions,
                                      6 billions */
    BKT_MULTIPLIER_UNIT_NAME = 4 /**< the unit's code says it (IMF:PGI: L_M is million USD) */
};

/** Profiles that the library brings: data read from real structures. @since 0.1 */
BKT_API uint32_t bkt_profile_known_count(void);
/** One of them. @return borrowed for ever; NULL where there is none such. @since 0.1 */
BKT_API const bkt_profile *bkt_profile_known_at(uint32_t index);
/** One of them by its id, such as "imf-imts". @return borrowed for ever; NULL if there is none.
 * @since 0.1 */
BKT_API const bkt_profile *bkt_profile_known_find(const char *id);

/** Id, such as "imf-dot"; "detected" for one told by rule alone. @since 0.1 */
BKT_API const char *bkt_profile_id(const bkt_profile *profile);
/** A line for a person. @since 0.1 */
BKT_API const char *bkt_profile_name(const bkt_profile *profile);
/** The structures that it is for, "AGENCY:ID" separated by spaces; * stands for anything. "" where
 * it is for none in particular. @since 0.1 */
BKT_API const char *bkt_profile_structures(const bkt_profile *profile);
/** Its dimensions without time, in key order, separated by spaces. @since 0.1 */
BKT_API const char *bkt_profile_dimensions(const bkt_profile *profile);
/** Id of the column of a role. @param role one of bkt_profile_role.
 * @return "" where there is none. @since 0.1 */
BKT_API const char *bkt_profile_column(const bkt_profile *profile, int32_t role);
/** 1 if the trade of a pair of areas can be made from such a table. @since 0.1 */
BKT_API int32_t bkt_profile_pair_possible(const bkt_profile *profile);
/** Why no pair can be made; "" if it can. @since 0.1 */
BKT_API const char *bkt_profile_pair_refusal(const bkt_profile *profile);
/** One of bkt_multiplier_rule. @since 0.1 */
BKT_API int32_t bkt_profile_multiplier_rule(const bkt_profile *profile);
/** The power of ten of BKT_MULTIPLIER_FIXED; 0 otherwise. @since 0.1 */
BKT_API int32_t bkt_profile_multiplier_exponent(const bkt_profile *profile);
/** The code system of its areas (bkt_area_system); NONE: told from the codes. @since 0.1 */
BKT_API int32_t bkt_profile_area_system(const bkt_profile *profile);
/** ISO 3166 letters of the area that reports, where no column says it (Australia's own files);
 * "" otherwise. @since 0.1 */
BKT_API const char *bkt_profile_reporter(const bkt_profile *profile);
/** The currency, where no column says it; "" otherwise. @since 0.1 */
BKT_API const char *bkt_profile_unit(const bkt_profile *profile);
/** Meaning of a code of the flow column (or of the indicator that stands for it).
 * @return one of bkt_flow. @since 0.1 */
BKT_API int32_t bkt_profile_flow_of_code(const bkt_profile *profile, const char *code);
/** Things taken for granted that the data do not say. @since 0.1 */
BKT_API uint32_t bkt_profile_assumption_count(const bkt_profile *profile);
/** One of them, a sentence. Borrowed with the profile; NULL where there is none. @since 0.1 */
BKT_API const char *bkt_profile_assumption_at(const bkt_profile *profile, uint32_t index);
/** Frees a detected or new profile. @param profile NULL is fine. @since 0.1 */
BKT_API void bkt_profile_free(bkt_profile *profile);

/** Flag of bkt_detect_options: refuse (BKT_ERR_PROFILE) what no pair can be made from. */
#define BKT_DETECT_PAIR 1
/** Options of bkt_profile_detect(). */
typedef struct bkt_detect_options {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_DETECT_PAIR or 0 */
} bkt_detect_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_detect_options_init(bkt_detect_options *options, uint32_t struct_size);

/** Tells the profile of a table: by the structure, dataflow or namespace that it names, else by the
 * ids of its dimensions, else by rule (roles by well-known ids, flows by well-known codes). What
 * was assumed is kept with the profile and noted on the context. A structure that is no trade
 * between partners (tariffs, totals alone) is recognised, and bkt_profile_pair_possible() is 0.
 * @param options NULL for defaults.
 * @param[out] out_profile the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_PROFILE when reporter, partner, flow, time
 * or value can't be told (the diagnostic says which and what columns there are); BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_profile_detect(bkt_context *context, const bkt_table *table,
                                      const bkt_detect_options *options, bkt_profile **out_profile);

/** Options of bkt_profile_new(). A NULL or 0 keeps what `base` has, or the default. Lists are codes
 * separated by spaces; a * at either end of a code stands for anything, "COLUMN=code" is for one
 * column alone. Texts are copied. */
typedef struct bkt_profile_options {
    uint32_t struct_size;
    uint32_t flags;                /**< none yet: 0 */
    const char *base;              /**< id of a known profile to begin with; NULL: none */
    const char *id;                /**< NULL: that of `base`, or "own" */
    const char *name;              /**< NULL: that of `base`, or the id */
    const char *reporter_column;   /**< needed, unless `reporter` is given */
    const char *partner_column;    /**< needed */
    const char *flow_column;       /**< needed: flow or indicator */
    const char *product_column;    /**< NULL: no products */
    const char *value_column;      /**< NULL: OBS_VALUE, or the only measure */
    const char *unit_column;       /**< NULL: none */
    const char *multiplier_column; /**< NULL: none */
    const char *frequency_column;  /**< NULL: the periods say it */
    const char *time_column;       /**< NULL: the time dimension */
    const char *valuation_column;  /**< NULL: the indicator says it, or convention */
    const char *export_codes;      /**< NULL: the well-known ones: X EXP E TXG_FOB_USD ... */
    const char *import_codes;      /**< NULL: the well-known ones: M IMP I TMG_CIF_USD ... */
    const char *total_codes;       /**< added to the well-known ones: TOTAL *_TOTAL _T ... */
    const char *required_codes;    /**< rows must have them: "INT_ACC_ITEM=G"; NULL: any */
    const char *local_areas;       /**< codes of its own: "BELA=BLR KAZA=KAZ"; NULL: none */
    const char *reporter;          /**< who reports, where no column says it; any code or name */
    const char *unit;              /**< the currency, where no column says it */
    int32_t area_system;           /**< one of bkt_area_system; 0: told from the codes */
    int32_t multiplier_rule;       /**< one of bkt_multiplier_rule; 0: POWER with a multiplier
                                        column, FIXED without */
    int32_t multiplier_exponent;   /**< for FIXED: 3 for thousands */
    int32_t export_valuation;      /**< one of bkt_valuation where no column says it; 0: FOB */
    int32_t import_valuation;      /**< the same; 0: CIF */
    int32_t reserved;              /**< 0 */
} bkt_profile_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_profile_options_init(bkt_profile_options *options, uint32_t struct_size);
/** Makes a profile for a structure that the library does not know.
 * @param options not NULL. @param[out] out_profile the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT (an unknown base, an unknown area, a number out of range);
 * BKT_ERR_ABI; BKT_ERR_PROFILE when a column that is needed is not named; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_profile_new(bkt_context *context, const bkt_profile_options *options,
                                   bkt_profile **out_profile);
/** A filter that lets the rows of a pair pass while a file is read, so that a large file leaves
 * only what bkt_balance() will use: reporter and partner are one of the two areas, under any of
 * their codes. Rows of other areas may pass too (112 is Belarus in one system and the United
 * Kingdom in another): bkt_balance() tells them apart.
 * @param profile of the file, such as detected from its first batch.
 * @param reporter any code or name; a text that names no known area is taken as a code.
 * @param partner likewise.
 * @param[out] out_filter the caller's to free, and to add to; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_PROFILE for a profile that no pair can be made from;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_profile_pair_filter(bkt_context *context, const bkt_profile *profile,
                                           const char *reporter, const char *partner,
                                           bkt_filter **out_filter);
/** @} */

/** @name Indicators
 * The catalogue of what bkt_balance(), bkt_balance_sectors() and bkt_balance_summary() compute.
 * @{ */

/** An indicator. Opaque; never freed. Texts of its getters live as long as the library. */
typedef struct bkt_indicator bkt_indicator;

/** What an indicator is counted in. */
enum bkt_indicator_unit_code {
    BKT_INDICATOR_MONEY = 1,    /**< the currency, scaled by bkt_balance_options.unit_scale */
    BKT_INDICATOR_FRACTION = 2, /**< 0.05 is 5 % */
    BKT_INDICATOR_PERCENT = 3,
    BKT_INDICATOR_INDEX = 4, /**< base = 100 */
    BKT_INDICATOR_COUNT = 5,
    BKT_INDICATOR_FLAG = 6 /**< 1 or 0 */
};

/** What an indicator is of. */
enum bkt_indicator_scope_code {
    BKT_INDICATOR_PERIOD = 1, /**< a column of the balance: one number a period */
    BKT_INDICATOR_WINDOW = 2  /**< a row of the summary: one number for all periods */
};

/** Indicators known. @since 0.1 */
BKT_API uint32_t bkt_indicator_count(void);
/** One of them: those of a period first, in the order of the balance's columns, each after its
 * inputs. @return NULL where there is none such. @since 0.1 */
BKT_API const bkt_indicator *bkt_indicator_at(uint32_t index);
/** One by its id. @return NULL if there is none. @since 0.1 */
BKT_API const bkt_indicator *bkt_indicator_find(const char *id);
/** Id, such as "EXPORTS_REPORTER": the column's id. "" for NULL. @since 0.1 */
BKT_API const char *bkt_indicator_id(const bkt_indicator *indicator);
/** What a person calls it; {reporter} and {partner} stand for the names. @since 0.1 */
BKT_API const char *bkt_indicator_label(const bkt_indicator *indicator);
/** The formula, in terms of the inputs' ids. @since 0.1 */
BKT_API const char *bkt_indicator_formula(const bkt_indicator *indicator);
/** Where the formula comes from. @since 0.1 */
BKT_API const char *bkt_indicator_source(const bkt_indicator *indicator);
/** What it is counted in. @return one of bkt_indicator_unit_code; 0 for NULL. @since 0.1 */
BKT_API int32_t bkt_indicator_unit(const bkt_indicator *indicator);
/** What it is of. @return one of bkt_indicator_scope_code; 0 for NULL. @since 0.1 */
BKT_API int32_t bkt_indicator_scope(const bkt_indicator *indicator);
/** Indicators that it is computed from. @since 0.1 */
BKT_API uint32_t bkt_indicator_input_count(const bkt_indicator *indicator);
/** Id of one of them. @return NULL where there is none such. @since 0.1 */
BKT_API const char *bkt_indicator_input_at(const bkt_indicator *indicator, uint32_t index);
/** @} */

/** @name The balance of a pair
 * @{ */

/** Flag of bkt_balance_options: where one cell has several different values, take the last row
 * instead of refusing. */
#define BKT_BALANCE_LAST_WINS 1
/** Flag of bkt_balance_options, for bkt_balance_sectors(): give the rest of a total even where it
 * discloses the one part that is confidential. */
#define BKT_BALANCE_DISCLOSE_REST 2

/** Options of bkt_balance() and bkt_balance_sectors(). Start with bkt_balance_options_init(). */
typedef struct bkt_balance_options {
    uint32_t struct_size;
    uint32_t flags;              /**< BKT_BALANCE_... or 0 */
    double cif_rate;             /**< CIF/FOB - 1 by which imports are brought to FOB; default 0.06
                                      (IMF Direction of Trade Statistics, 2017); at least 0 */
    double unit_scale;           /**< results are divided by it; default 1 (1e6: millions) */
    const char *reporter;        /**< any code or name; needed */
    const char *partner;         /**< any code or name, also the world; needed */
    const bkt_profile *profile;  /**< NULL: detected */
    const bkt_filter *selection; /**< more rows to leave out, such as one code of a dimension */
    const char *first_period;    /**< in any SDMX form; NULL: from the first */
    const char *last_period;     /**< NULL: to the last */
    const char *product;         /**< a product's code; NULL: the total, by its code */
    const char *unit;            /**< the currency where there are several; NULL: the only one */
    int32_t frequency;           /**< one of bkt_frequency; 0: the only one there, or annual */
    int32_t product_length;      /**< for bkt_balance_sectors(): characters of the codes of one
                                      level (HS chapters: 2); 0: the only level there is */
} bkt_balance_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_balance_options_init(bkt_balance_options *options, uint32_t struct_size);

/** The balance of a pair, period by period.
 *
 * One row a period from the first to the last that has an observation of the pair (a period between
 * them without any is a row of missing values, BKT_MISSING_NOT_REPORTED). Columns: TIME_PERIOD, one
 * number column an indicator of BKT_INDICATOR_PERIOD, then for each of the four reported figures
 * VALUATION_... (FOB, CIF, or OTHER) and, if the table has it, OBS_STATUS_... as reported.
 * Properties: "profile", "reporter", "partner" (ISO 3166 letters, or the code in the table),
 * "reporter_name", "partner_name", "unit" ("USD"), "unit_scale", "cif_rate", "frequency",
 * "assumptions" (sentences, one a line), and "structure", "source" as the table has them.
 *
 * Rules. A side that reports nothing is missing, not an error. In each dimension that is not
 * reporter, partner, flow or time exactly one code is taken: that of `selection`, else the total by
 * its code. Of imports stated both CIF and FOB the CIF is taken; imports stated FOB are not
 * reduced. The same cell twice with one value is noted, with two values or two codes refused. Rows
 * of the action Delete are left out with a warning. A negative value is left out with a warning
 * (BKT_MISSING_NOT_APPLICABLE). Growth is against the same period a year before, compound
 * growth since the first figure (of the same quarter or month where periods are shorter than a
 * year) over the years that elapsed, gaps among them; rates are fractions.
 *
 * @param options not NULL. @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_PERIOD for a window that is none;
 * BKT_ERR_PROFILE; BKT_ERR_NO_COLUMN for a column that the table lacks and the profile needs or the
 * selection names; BKT_ERR_COLUMN_KIND; BKT_ERR_COUNTRY for a text that names no area;
 * BKT_ERR_AMBIGUOUS when several codes, units or frequencies remain (the diagnostic lists them);
 * BKT_ERR_DUPLICATE; BKT_ERR_NO_DATA when neither reports the other (the diagnostic lists who is
 * there); BKT_ERR_UNSUPPORTED for periods that can't be counted (ranges, date-times); BKT_ERR_LIMIT
 * for a span of more than 100,000 periods, or of products by periods that hardly a row fills;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_balance(bkt_context *context, const bkt_table *table,
                               const bkt_balance_options *options, bkt_table **out_table);

/** The balance by product, with the rest that the products of one level leave of the total.
 *
 * Rows: for each period the products of the level in order of their codes (PRODUCT), then "_REST"
 * (total less the sum of the parts that are there) and "_TOTAL" (the total as reported). Columns:
 * TIME_PERIOD, PRODUCT, and EXPORTS, IMPORTS, TURNOVER, BALANCE, COVERAGE, NORMALISED_BALANCE of
 * both sides as in bkt_balance().
 *
 * There is no rest where the total or every part is missing (BKT_MISSING_INPUT), where exactly one
 * part is confidential (BKT_MISSING_CONFIDENTIAL, unless BKT_BALANCE_DISCLOSE_REST), or where the
 * parts exceed the total (BKT_MISSING_NOT_APPLICABLE, with a warning).
 * @param options not NULL; `product` names the total (NULL: by its code); `selection` may name the
 * products. @return as bkt_balance(). Source of the rest: UN, IMTS Compilers Manual,
 * confidentiality.
 * @since 0.1 */
BKT_API bkt_status bkt_balance_sectors(bkt_context *context, const bkt_table *table,
                                       const bkt_balance_options *options, bkt_table **out_table);

/** Options of bkt_balance_summary(). */
typedef struct bkt_summary_options {
    uint32_t struct_size;
    uint32_t flags;           /**< none yet: 0 */
    const char *first_period; /**< in any SDMX form; NULL: from the first */
    const char *last_period;  /**< NULL: to the last */
} bkt_summary_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_summary_options_init(bkt_summary_options *options, uint32_t struct_size);

/** What a balance comes to over its whole window: cumulated balance (strict and of what is there),
 * surplus and deficit periods, changes of sign, longest runs, compound growth from the first to the
 * last figure (where periods are shorter than a year: from the first of the last one's quarter or
 * month), least-squares growth with its standard error and fit.
 *
 * One row an indicator of BKT_INDICATOR_WINDOW: INDICATOR (id), VALUE, UNIT, N_USED, N_TOTAL,
 * FIRST_PERIOD and LAST_PERIOD (of what was used), REASON (bkt_missing_text() where VALUE is
 * missing). Properties as those of the balance.
 * @param balance made by bkt_balance(). @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_PERIOD; BKT_ERR_NO_COLUMN for a table that
 * is no balance; BKT_ERR_COLUMN_KIND; BKT_ERR_NO_DATA for a window without a row; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_balance_summary(bkt_context *context, const bkt_table *balance,
                                       const bkt_summary_options *options, bkt_table **out_table);
/** @} */

/** @name Kernels
 * The same computations for whoever has numbers only. A NaN among the inputs is a missing number.
 * Each gives BKT_MISSING_NOT with the result, or one of bkt_missing_reason with NaN as the result;
 * a NULL output is BKT_MISSING_INPUT.
 * @{ */

/** Coverage of imports by exports, 100 x / m, in per cent.
 * @return BKT_MISSING_INPUT; BKT_MISSING_ZERO_DENOMINATOR for no imports; BKT_MISSING_OVERFLOW.
 * Source: UN ESCAP, Trade Statistics in Policymaking. @since 0.1 */
BKT_API int32_t bkt_balance_coverage(double export_value, double import_value, double *out_percent);
/** Normalised balance, (x - m) / (x + m), from -1 to 1.
 * @return BKT_MISSING_INPUT; BKT_MISSING_ZERO_DENOMINATOR for no trade; BKT_MISSING_OVERFLOW.
 * Source: UNCTAD Handbook of Statistics. @since 0.1 */
BKT_API int32_t bkt_balance_normalised(double export_value, double import_value, double *out_ratio);
/** Sum of balances.
 * @param balances `count` numbers.
 * @param[out] out_strict the sum if every number is there. @param[out] out_available the sum of
 * those that are there; may be NULL. @param[out] out_used how many are there; may be NULL.
 * @return the reason why out_strict is missing: BKT_MISSING_INPUT; BKT_MISSING_TOO_FEW for a count
 * of 0; BKT_MISSING_OVERFLOW. Exact before one rounding. @since 0.1 */
BKT_API int32_t bkt_balance_cumulated(const double *balances, size_t count, double *out_strict,
                                      double *out_available, int64_t *out_used);

/** Growth, later / earlier - 1, a fraction.
 * @return BKT_MISSING_INPUT; BKT_MISSING_ZERO_DENOMINATOR; BKT_MISSING_DOMAIN for an earlier below
 * zero; BKT_MISSING_OVERFLOW.
 * Source: WITS, merchandise trade indicators. @since 0.1 */
BKT_API int32_t bkt_growth_rate(double earlier, double later, double *out_rate);
/** Log growth, ln later - ln earlier.
 * @return BKT_MISSING_INPUT; BKT_MISSING_DOMAIN unless both are above zero.
 * Source: World Bank, Measuring Export Competitiveness. @since 0.1 */
BKT_API int32_t bkt_growth_log(double earlier, double later, double *out_rate);
/** Mid-point growth, (later - earlier) / ((earlier + later) / 2), from -2 to 2; defined for a zero
 * on one side.
 * @return BKT_MISSING_INPUT; BKT_MISSING_ZERO_DENOMINATOR for a sum of zero; BKT_MISSING_OVERFLOW.
 * Source: Davis, Haltiwanger and Schuh, Job Creation and Destruction (1996). @since 0.1 */
BKT_API int32_t bkt_growth_midpoint(double earlier, double later, double *out_rate);
/** Compound growth a year, (last / first)^(1 / years) - 1.
 * @return BKT_MISSING_INPUT; BKT_MISSING_DOMAIN for a first not above zero or a last below zero;
 * BKT_MISSING_NO_EARLIER_PERIOD unless years is above zero; BKT_MISSING_OVERFLOW.
 * Source: UNCTAD Handbook of Statistics (exponential rate between two points). @since 0.1 */
BKT_API int32_t bkt_growth_compound(double first, double last, double years, double *out_rate);
/** Index, 100 number / base.
 * @return BKT_MISSING_INPUT; BKT_MISSING_ZERO_DENOMINATOR; BKT_MISSING_OVERFLOW. @since 0.1 */
BKT_API int32_t bkt_growth_index(double base, double number, double *out_index);
/** Least-squares growth a year, exp(b) - 1 where ln number = a + b time is fitted to all numbers
 * above zero; others are left out.
 * @param times `count` of them, in years. @param numbers as many; a pair with a NaN is left out.
 * @param[out] out_rate exp(b) - 1. @param[out] out_slope b. @param[out] out_error standard error of
 * b, NaN for fewer than three numbers. @param[out] out_fit R squared, NaN where the numbers do not
 * vary. @param[out] out_used numbers used. All outputs but the first may be NULL.
 * @return BKT_MISSING_TOO_FEW for fewer than two numbers or one time only; BKT_MISSING_INPUT for
 * NULL; BKT_MISSING_OVERFLOW.
 * Source: UNCTAD Handbook of Statistics (exponential trend). @since 0.1 */
BKT_API int32_t bkt_growth_least_squares(const double *times, const double *numbers, size_t count,
                                         double *out_rate, double *out_slope, double *out_error,
                                         double *out_fit, int64_t *out_used);

/** An import value brought to FOB, m / (1 + rate).
 * @param cif_rate CIF/FOB - 1, above -1.
 * @return BKT_MISSING_INPUT; BKT_MISSING_DOMAIN for a rate of -1 or less.
 * Source: IMF Direction of Trade Statistics Yearbook 2017 (rate 0.06). @since 0.1 */
BKT_API int32_t bkt_mirror_to_fob(double import_value, double cif_rate, double *out_value);
/** Gap of a flow that both sides report, (m* - x) / ((m* + x) / 2), from -2 to 2, where m* is the
 * import at FOB.
 * @return as bkt_growth_midpoint(). Source: Javorsek, Asymmetries in International Merchandise
 * Trade Statistics (UN ESCAP, 2016). @since 0.1 */
BKT_API int32_t bkt_mirror_relative_gap(double export_value, double import_value_fob,
                                        double *out_ratio);
/** Gap of a flow that both sides report as a log ratio, ln(m* / x).
 * @return as bkt_growth_log(). Source: as bkt_mirror_relative_gap(). @since 0.1 */
BKT_API int32_t bkt_mirror_log_gap(double export_value, double import_value_fob, double *out_ratio);
/** @} */

#ifdef __cplusplus
}
#endif

#endif
