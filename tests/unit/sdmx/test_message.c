/* SPDX-License-Identifier: MIT */
/* Which facts a message is told as, in which order, by a log of them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "bkti_message.h"
#include "bkti_text.h"
#include "run_suite.h"

typedef struct fact_log {
    bkti_text text;
    bkti_message *message;
    bkt_status stop;  /* what observations answer */
    const char *skip; /* series whose first fact has this value are skipped */
    bool pass_over;
} fact_log;

static void write_span(fact_log *to, bkti_span span) {
    bkti_text_append_span(&to->text, span);
}

static void write_facts(fact_log *to, const char *before, const bkti_fact *facts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        bkti_text_append_text(&to->text, i == 0 ? before : ",");
        write_span(to, facts[i].id);
        bkti_text_append_text(&to->text, "=");
        write_span(to, facts[i].value);
    }
}

static bkt_status on_property(void *user, const char *name, bkti_span value) {
    bkti_text_append_format(&((fact_log *)user)->text, "%s:", name);
    write_span(user, value);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bool on_pass_over(void *user, bkt_status status, const bkti_place *place,
                         const char *sentence) {
    fact_log *to = user;
    if (to->pass_over) {
        bkti_text_append_format(&to->text, "passed %d %s at %d\n", (int)status, sentence,
                                (int)place->line);
    }
    return to->pass_over;
}

static bkt_status on_dataset_start(void *user, const bkti_dataset_facts *dataset) {
    const char *const facts[] = {
        dataset->structure, dataset->dataflow,   dataset->dimension_at_observation,
        dataset->action,    dataset->dataset_id, dataset->valid_from,
    };
    bkti_text_append_format(&((fact_log *)user)->text, "dataset %d", (int)dataset->index);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        bkti_text_append_format(&((fact_log *)user)->text, " %s",
                                facts[i] == NULL ? "-" : facts[i]);
    }
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_name(void *user, bkti_span id, bkti_span code, bkti_span language,
                          bkti_span name) {
    bkti_text_append_format(&((fact_log *)user)->text, "name %.*s%s%.*s%s%.*s: %.*s\n",
                            (int)id.size, id.data, code.size > 0 ? "=" : "", (int)code.size,
                            code.data, language.size > 0 ? " " : "", (int)language.size,
                            language.data, (int)name.size, name.data);
    return BKT_OK;
}

static bkt_status on_dataset_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    write_facts(user, "dataset attributes ", facts, count);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_group(void *user, const bkti_group *group) {
    bkti_text_append_format(&((fact_log *)user)->text, "%s %d ", group->loose ? "atts" : "group",
                            group->marking);
    write_span(user, group->name);
    write_facts(user, " ", group->facts, group->count);
    write_facts(user, " + ", group->attributes, group->attribute_count);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_keyless_group(void *user, int marking, const bkti_fact *facts,
                                   uint32_t count) {
    bkti_text_append_format(&((fact_log *)user)->text, "keyless group %d", marking);
    write_facts(user, " ", facts, count);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_series_start(void *user, int marking, const bkti_fact *facts, uint32_t count,
                                  bool *out_skip) {
    fact_log *to = user;
    bkti_text_append_format(&to->text, "series %d", marking);
    write_facts(user, " ", facts, count);
    bkti_text_append_text(&to->text, "\n");
    *out_skip = to->skip != NULL && count > 0 && bkti_span_is(facts[0].value, to->skip);
    return BKT_OK;
}

static bkt_status on_series_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    write_facts(user, "series attributes ", facts, count);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_series_finish(void *user) {
    bkti_text_append_text(&((fact_log *)user)->text, "end of series\n");
    return BKT_OK;
}

static bkt_status on_observation(void *user, const bkti_observation *observation) {
    fact_log *to = user;
    bkti_text_append_format(&to->text, "obs %d%s ", observation->marking,
                            observation->flat ? " flat" : "");
    write_span(to, observation->value.value);
    if (observation->value.value.data == NULL) {
        bkti_text_append_text(&to->text, "absent");
    }
    if (observation->dimension.id.size != 0) {
        write_facts(to, " at ", &observation->dimension, 1);
    }
    write_facts(to, " ", observation->facts, observation->count);
    write_facts(to, " + ", observation->attributes, observation->attribute_count);
    bkti_text_append_text(&to->text, "\n");
    return to->stop;
}

static bkt_status on_observation_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    write_facts(user, "obs attributes ", facts, count);
    bkti_text_append_text(&((fact_log *)user)->text, "\n");
    return BKT_OK;
}

static bkt_status on_dataset_finish(void *user) {
    bkti_text_append_text(&((fact_log *)user)->text, "end of dataset\n");
    return BKT_OK;
}

static bkt_status on_footer(void *user, bkti_span code, bkti_span severity, bkti_span text) {
    bkti_text_append_format(&((fact_log *)user)->text, "footer %.*s|%.*s|%.*s\n", (int)code.size,
                            code.data, (int)severity.size, severity.data, (int)text.size,
                            text.data);
    return BKT_OK;
}

static const bkti_message_listener listener = {
    .property = on_property,
    .pass_over = on_pass_over,
    .dataset_start = on_dataset_start,
    .name = on_name,
    .dataset_attributes = on_dataset_attributes,
    .group = on_group,
    .keyless_group = on_keyless_group,
    .series_start = on_series_start,
    .series_attributes = on_series_attributes,
    .series_finish = on_series_finish,
    .observation = on_observation,
    .observation_attributes = on_observation_attributes,
    .dataset_finish = on_dataset_finish,
    .footer = on_footer,
};

/* Reads a message; what it says goes to the log, whose text is to be freed. */
static bkt_status read_message(bkt_context *context, const char *text, fact_log *to) {
    bkti_text_init(&to->text, bkti_context_memory(context));
    bkti_source *source;
    ck_assert_int_eq(bkti_source_open_memory(context, text, strlen(text), "test", &source), BKT_OK);
    ck_assert_int_eq(
        bkti_message_new(context, source, BKT_SCANNER_FAST, &listener, to, &to->message), BKT_OK);
    bkt_status status = bkti_message_block(to->message, bkti_span_of(text), false);
    if (status == BKT_OK) {
        status = bkti_message_block(to->message, BKTI_SPAN(""), true);
    }
    ck_assert(!to->text.failed);
    /* What it was, it stays. */
    if (status != BKT_OK) {
        ck_assert_int_eq(bkti_message_block(to->message, BKTI_SPAN(""), true), status);
    }
    bkti_message_free(to->message);
    bkti_source_free(source);
    return status;
}

#define M1  "http://www.SDMX.org/resources/SDMXML/schemas/v1_0/"
#define M2  "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
#define M21 "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
#define M3  "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"

static const struct logged {
    const char *message;
    const char *log;
} logged[] = {
    {"DATAFLOW,D,TIME_PERIOD,OBS_VALUE,S,LAST UPDATE\n"
     "A:F(1.0),x,2001,1,A,now\nA:F(1.0),x,2002,,,\nA:G,x,2001,NaN,,\n",
     "kind:SDMX-CSV\nversion:1.0\nencoding:UTF-8\ndataset 1 - A:F(1.0) AllDimensions - - -\n"
     "obs 3 flat 1 D=x,TIME_PERIOD=2001,S=A + LAST UPDATE=now\n"
     "obs 3 flat absent D=x,TIME_PERIOD=2002\nend of dataset\n"
     "dataset 2 - A:G AllDimensions - - -\nobs 3 flat NaN D=x,TIME_PERIOD=2001\n"
     "encoding:UTF-8\nend of dataset\n"},
    {"STRUCTURE,STRUCTURE_ID,D,E,TIME_PERIOD,OBS_VALUE,S\n"
     "dataflow,A:F,x,,2001,,M\ndataflow,A:F,x,,,,A\ndataflow,A:G,x,y,,1,\n"
     "dataflow,A:G,x,z,,,M\n",
     "kind:SDMX-CSV\nversion:2.0\nencoding:UTF-8\n"
     "dataset 1 - A:F AllDimensions Information - -\nobs 3 flat absent D=x,TIME_PERIOD=2001,S=M\n"
     "group 3  D=x + S=A\nend of dataset\ndataset 2 - A:G AllDimensions Information - -\n"
     "obs 3 flat 1 D=x,E=y\nobs 3 flat absent D=x,E=z,S=M\nencoding:UTF-8\nend of dataset\n"},
    {"DATAFLOW: Flow,D: Dim ,TIME_PERIOD,OBS_VALUE: Value\n"
     "A:F,x: X,2001,1\nA:F,x: Y,2002,2\nA:F,y,2001,3\nA:F,y: a: b,2002,4\nA:G: g,x: X,2001,5\n",
     "kind:SDMX-CSV\nversion:1.0\nencoding:UTF-8\ndataset 1 - A:F AllDimensions - - -\n"
     "name D: Dim\nname OBS_VALUE: Value\nname D=x: X\nobs 3 flat 1 D=x,TIME_PERIOD=2001\n"
     "name D=x: Y\nobs 3 flat 2 D=x,TIME_PERIOD=2002\nobs 3 flat 3 D=y,TIME_PERIOD=2001\n"
     "name D=y: a: b\n"
     "obs 3 flat 4 D=y,TIME_PERIOD=2002\nend of dataset\n"
     "dataset 2 - A:G AllDimensions - - -\nname D: Dim\nname OBS_VALUE: Value\nname D=x: X\n"
     "obs 3 flat 5 D=x,TIME_PERIOD=2001\nencoding:UTF-8\nend of dataset\n"},
    {"STRUCTURE[|];STRUCTURE_ID;STRUCTURE_NAME;ACTION;OBS_KEY;D;dim;TIME_PERIOD;time;M;measure;"
     "P.L[en|fr];list;UPDATED\n"
     "datastructure;A:K(1.0);K;R;x.2001;x;X;2001;then;5;;en:a|fr:b|c;;now\n"
     "datastructure;A:K(1.0);K;R;.;;;;;;;a;;\n"
     "datastructure;A:K(1.0);K;R;x.;x;X;;;;;en:a;;\n"
     "datastructure;A:K(1.0);K;D;x.;x;;;;;;;;\n",
     "kind:SDMX-CSV\nversion:2.0\nencoding:UTF-8\ndataset 1 A:K(1.0) - AllDimensions Replace - -\n"
     "name D: dim\nname TIME_PERIOD: time\nname M: measure\nname P.L: list\nname D=x: X\n"
     "name TIME_PERIOD=2001: then\n"
     "obs 3 flat absent D=x,TIME_PERIOD=2001,M=5,UPDATED=now + P.L=en: a; fr: b; c\n"
     "atts 3  + P.L=a\ngroup 3  D=x + P.L=a\nend of dataset\n"
     "dataset 2 A:K(1.0) - AllDimensions Delete - -\nname D: dim\nname TIME_PERIOD: time\n"
     "name M: measure\nname P.L: list\nobs 3 flat absent D=x\n"
     "encoding:UTF-8\nend of dataset\n"},
    {"<CompactData xmlns='" M2 "message'><Header><ID>i</ID><Sender id='s'><Name>f</Name>"
     "<Name xml:lang='en'>e</Name><Name xml:lang='de'>d</Name></Sender><Receiver id='a'/>"
     "<Receiver id='b'/><KeyFamilyRef>K</KeyFamilyRef><KeyFamilyAgency>A</KeyFamilyAgency></Header>"
     "<k:DataSet xmlns:k='urn:x' datasetID='d' A='1'><k:Sibling G='x' T='t'/>"
     "<k:Series D='x'><k:Obs TIME='2001' OBS_VALUE='1' S='A'/><k:Obs TIME='2002'/></k:Series>"
     "</k:DataSet></CompactData>",
     "kind:CompactData\nversion:2.0\nencoding:UTF-8\nid:i\nsender:s\nsender_name:f\n"
     "sender_name:e\nreceiver:a\nreceiver:a; b\ndataset 1 A:K - - - d -\ndataset attributes A=1\n"
     "group 3 Sibling G=x,T=t\nseries 3 D=x\nobs 2 1 at TIME=2001 S=A\nobs 2 absent at TIME=2002\n"
     "end of series\nend of dataset\n"},
    {"<GenericData xmlns='" M2 "message' xmlns:g='" M2 "generic'><DataSet action='Append'>"
     "<g:KeyFamilyRef> K </g:KeyFamilyRef><g:Attributes><g:Value concept='A' value='1'/>"
     "</g:Attributes><g:Group type='Sib'><g:GroupKey><g:Value concept='D' value='x'/></g:GroupKey>"
     "<g:Attributes><g:Value concept='T' value='t'/></g:Attributes><g:Series><g:SeriesKey>"
     "<g:Value concept='D' value='x'/></g:SeriesKey><g:Attributes><g:Value concept='U' value='6'/>"
     "</g:Attributes><g:Obs><g:Time>2001</g:Time><g:ObsValue value='1'/><g:Attributes>"
     "<g:Value concept='S' value='A'/></g:Attributes></g:Obs></g:Series></g:Group></DataSet>"
     "</GenericData>",
     "kind:GenericData\nversion:2.0\nencoding:UTF-8\ndataset 1 K - - Append - -\n"
     "dataset attributes A=1\ngroup 1 Sib D=x + T=t\nseries 1 D=x\nseries attributes U=6\n"
     "obs 2 1 at TIME_PERIOD=2001 S=A\nend of series\nend of dataset\n"},
    {"<CrossSectionalData xmlns='" M1 "message' xmlns:k='urn:k'><k:DataSet F='A' T='1'>"
     "<k:Section time='2001' T='2'><k:P value='1' D='x'/><k:Obs OBS_VALUE='2'/></k:Section>"
     "<k:Group D='y' T='3'><k:Section E='z'><k:OBS_VALUE value=''/></k:Section></k:Group>"
     "<k:Section D='w'/></k:DataSet><k:DataSet time='2002'><k:Section/></k:DataSet>"
     "</CrossSectionalData>",
     "kind:CrossSectionalData\nversion:1.0\nencoding:UTF-8\ndataset 1 - - - - - -\n"
     "dataset attributes F=A,T=1\nseries 3 F=A,TIME_PERIOD=2001,T=2\nobs 3 1 at MEASURE=P D=x\n"
     "obs 3 2\nend of series\nkeyless group 3 D=y,T=3\nseries 3 F=A,D=y,T=3,E=z\nobs 3 \nend of "
     "series\n"
     "series 3 F=A,T=1,D=w\nend of series\nend of dataset\ndataset 2 - - - - - -\n"
     "series 3 TIME_PERIOD=2002\nend of series\nend of dataset\n"},
    {"<UtilityData xmlns='" M2 "message' xmlns:k='urn:k'><k:DataSet P='q'><k:Series><k:Key/>"
     "</k:Series><k:G T='t' U='1'><k:Series U='2'><k:Key><k:D> x </k:D><k:E/></k:Key>"
     "<k:Obs S='A'><k:WHEN>2001</k:WHEN><k:WHAT>1</k:WHAT></k:Obs><k:Obs><k:OBS_VALUE>2"
     "</k:OBS_VALUE><k:TIME>2002</k:TIME></k:Obs><k:Obs><k:TIME>2003</k:TIME></k:Obs></k:Series>"
     "</k:G><k:Series/></k:DataSet></UtilityData>",
     "kind:UtilityData\nversion:2.0\nencoding:UTF-8\ndataset 1 - - - - - -\n"
     "dataset attributes P=q\nseries 1\nend of series\nkeyless group 2 T=t,U=1\n"
     "series 1 D=x,E=\n"
     "series attributes U=2,T=t\nobs 2 1 at WHEN=2001 S=A\nobs 2 2 at TIME=2002\n"
     "obs 2 absent at TIME=2003\nend of series\nseries 1\nend of series\nend of dataset\n"},
    {"<m:GenericData xmlns:m='" M21 "message' xmlns:g='" M21 "data/generic' xmlns:c='" M21
     "common'><m:Header><m:Structure structureID='s' dimensionAtObservation='AllDimensions'>"
     "<c:StructureUsage><Ref agencyID='A' id='F' version='2.0'/></c:StructureUsage></m:Structure>"
     "<m:DataSetAction>Replace</m:DataSetAction></m:Header><m:DataSet structureRef='s'><g:Obs>"
     "<g:ObsKey><g:Value id='D' value='x'/><g:Value id='TIME_PERIOD' value='2001'/></g:ObsKey>"
     "<g:ObsValue value=''/><g:Attributes><g:Value id='S' value='A'/></g:Attributes></g:Obs>"
     "</m:DataSet></m:GenericData>",
     "kind:GenericData\nversion:2.1\nencoding:UTF-8\ndataset 1 - A:F(2.0) AllDimensions Replace - "
     "-\nobs 1 flat  D=x,TIME_PERIOD=2001 + S=A\nend of dataset\n"},
    {"<m:StructureSpecificData xmlns:m='" M21 "message' xmlns:ss='" M21
     "data/structurespecific' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' "
     "xmlns:k='urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:K(1.0):ObsLevelDim:D'>"
     "<m:DataSet ss:structureRef='none' x:type='k:DataSetType' ss:validFromDate='2020' P='q'>"
     "<Group x:type='k:Sib' E='y' T='t'/><Series E='y' TIME_PERIOD='2001'>"
     "<Obs D='x' OBS_VALUE='1' S='A'/><Obs x:type='k:z' OBS_VALUE='2'/></Series>"
     "<Obs D='x' E='y' OBS_VALUE='3'/></m:DataSet></m:StructureSpecificData>",
     "kind:StructureSpecificData\nversion:2.1\nencoding:UTF-8\ndataset 1 A:K(1.0) - D - - 2020\n"
     "dataset attributes P=q\ngroup 3 Sib E=y,T=t\nseries 3 E=y,TIME_PERIOD=2001\n"
     "obs 2 1 at D=x S=A\nobs 2 2 at D=z\nend of series\nobs 3 flat 3 D=x,E=y\nend of dataset\n"},
    {"<m:StructureSpecificData xmlns:m='" M3 "message' xmlns:c='" M3 "common'><m:Header>"
     "<m:Structure structureID='s' dimensionAtObservation='TIME_PERIOD'><c:Structure>"
     "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:K(3.0)</c:Structure></m:Structure>"
     "</m:Header><m:DataSet structureRef='s'><Atts A='1'><Comp id='B'><Value>2</Value></Comp>"
     "</Atts><Series D='x'><Comp id='C'><Value>3</Value><Value>4</Value></Comp>"
     "<Obs TIME_PERIOD='2001'><Comp id='OBS_VALUE'><Value>5</Value></Comp></Obs></Series>"
     "</m:DataSet></m:StructureSpecificData>",
     "kind:StructureSpecificData\nversion:3.0\nencoding:UTF-8\n"
     "dataset 1 A:K(3.0) - TIME_PERIOD - - -\natts 3  A=1 + B=2\nseries 3 D=x\n"
     "series attributes C=3; 4\nobs 2 absent at TIME_PERIOD=2001\nobs attributes OBS_VALUE=5\n"
     "end of series\nend of dataset\n"},
    {"<m:GenericTimeSeriesData xmlns:m='" M21 "message' xmlns:f='" M21
     "message/footer' xmlns:c='" M21 "common'><m:DataSet/><f:Footer><f:Message code='1' "
     "severity='Warning'>\n  <c:Text>one\n two</c:Text>\n  <c:Text>three</c:Text></f:Message>"
     "<f:Message><c:Text>four</c:Text></f:Message></f:Footer></m:GenericTimeSeriesData>",
     "kind:GenericTimeSeriesData\nversion:2.1\nencoding:UTF-8\ndataset 1 - - TIME_PERIOD - - -\n"
     "end of dataset\nfooter 1|Warning|one two; three\nfooter ||four\n"},
#ifdef BKTI_JSON
    /* Dimensions by keyPosition; values, names and null in lists; a default; a series alone. */
    {"{'meta': {'id': 'i', 'test': true, 'sender': {'id': 's', 'names': {'fr': 'f', 'en': 'e'}},"
     " 'receivers': [{'id': 'a'}, {'id': 'b'}]}, 'data': {'dataSets': [{'action': 'Append',"
     " 'validFrom': '2020', 'attributes': [0], 'series': {'1:0': {'attributes': [null, 0],"
     " 'observations': {'1': [1.50, 0], '0': [null, 1, 7], '2': []}}, '0:0': null}}],"
     " 'structure': {'links': [{'href': 'https://x/rest/dataflow/A/F/2.0/all?x=/datastructure/'}],"
     " 'dimensions': {'dataSet': [{'id': 'F', 'keyPosition': 1, 'values': [{'id': 'M'}]}],"
     " 'series': [{'id': 'E', 'keyPosition': 2, 'values': [{'id': 'x'}, {'id': 'y'}]},"
     " {'id': 'D', 'keyPosition': 0, 'values': [{'id': 'z'}]}],"
     " 'observation': [{'id': 'TIME_PERIOD', 'values': [{'id': '2001'}, {'value': 2002},"
     " {'name': '2003'}]}]}, 'attributes': {'dataSet': [{'id': 'P', 'values': [{'name': 'q'}]}],"
     " 'series': [{'id': 'U', 'default': 6, 'values': [{'id': '3'}]},"
     " {'id': 'T', 'values': [{'names': {'en': 't', 'de': 'u'}}]}],"
     " 'observation': [{'id': 'S', 'values': [{'id': 'A'}, null]}]}}}}",
     "kind:SDMX-JSON\nversion:1.0\nencoding:UTF-8\nid:i\ntest:true\nsender:s\nsender_name:e\n"
     "receiver:a; b\ndataset 1 - A:F(2.0) TIME_PERIOD Append - 2020\ndataset attributes P=q\n"
     "series 1 D=z,F=M,E=y\nseries attributes U=6,T=en: t; de: u\n"
     "obs 2 1.50 at TIME_PERIOD=2002 + S=A\nobs 2 absent at TIME_PERIOD=2001\n"
     "obs 2 absent at TIME_PERIOD=2003\nend of series\n"
     "series 1 D=z,F=M,E=x\nseries attributes U=6\nend of series\nend of dataset\n"},
    /* Several structures, measures, lists, languages, groups, a deletion; errors beside data. */
    {"{'errors': [{'code': 413, 'title': 'cut', 'detail': 'off'}, 'why'],"
     " '$schema': 'https://json.sdmx.org/2.0.0/s.json', 'data': {'structures': ["
     "{'dimensions': {'observation': [{'id': 'D', 'values': [{'id': 'x'}, {'id': 'y'}]},"
     " {'id': 'E', 'values': [{'id': 'u'}]}]}, 'measures': {'observation': [{'id': 'M'},"
     " {'id': 'OBS_VALUE'}, {'id': 'N', 'values': [{'id': 'one'}]}]}, 'attributes':"
     " {'dimensionGroup': [{'id': 'G'}], 'observation': [{'id': 'C', 'values': [{'id': 'a'},"
     " {'id': 'b'}]}, {'id': 'L'}]}},"
     "{'links': [{'urn': 'urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:K(1.0)'}],"
     " 'dimensions': {'observation': [{'id': 'D', 'values': [{'id': 'v'}]}]}, 'dataSets': [1]}],"
     " 'dataSets': [{'dimensionGroupAttributes': {'1:': ['g'], ':': [['all', {'fr': 'tout'}]],"
     " ':0': [null]}, 'observations': {'1:0': [2, 12345678901234567890123, 0, [0, 1],"
     " [{'en': 'p', 'fr': 'q'}, 'r']], '0:0': ['NaN', true, null, '#N/A', {'en': 'only'}]}},"
     " {'action': 'Delete', 'observations': {'0': [1], '': []}}]}}",
     "kind:SDMX-JSON\nversion:2.0\nencoding:UTF-8\ndataset 1 - - AllDimensions - - -\n"
     "group 1  D=y + G=g\natts 1  + G=all; fr: tout\n"
     "obs 1 flat 12345678901234567890123 D=y,E=u + M=2,N=one,C=a; b,L=en: p; fr: q; r\n"
     "obs 1 flat true D=x,E=u + M=NaN,C=#N/A,L=only\nend of dataset\n"
     "dataset 2 A:K(1.0) - AllDimensions Delete - -\nobs 1 flat 1 D=v\nobs 1 flat absent\n"
     "end of dataset\nfooter 413||cut: off\nfooter ||why\n"},
    /* Several dimensions at the observations of a series; no data set. */
    {"{'dataSets': [{'series': {'0': {'attributes': [0], 'observations': {'0:0': [3]}}}}],"
     " 'structure': {'dimensions': {'series': [{'id': 'D', 'values': [{'id': 'x'}]}],"
     " 'observation': [{'id': 'E', 'values': [{'id': 'y'}]}, {'id': 'TIME_PERIOD', 'values':"
     " [{'id': '2001'}]}]}, 'attributes': {'series': [{'id': 'U', 'values': [{'id': '6'}]}]}}}",
     "kind:SDMX-JSON\nversion:1.0\nencoding:UTF-8\ndataset 1 - - AllDimensions - - -\n"
     "obs 1 flat 3 D=x,E=y,TIME_PERIOD=2001 + U=6\nend of dataset\n"},
    /* Names in all languages, then the one that the server chose; what is no code has none. */
    {"{'dataSets': [{'observations': {'0:1': [3, 0]}}], 'structure': {'dimensions':"
     " {'observation': [{'id': 'D', 'name': 'dim', 'names': {'fr': 'd', 'x': 1}, 'values':"
     " [{'id': 'x', 'name': ' X ', 'names': {'en': 'ex'}}]}, {'id': 'E', 'values':"
     " [{'id': 'u'}, {'name': 'v'}]}]}, 'measures': {'observation': [{'id': 'OBS_VALUE',"
     " 'name': 'value'}]}, 'attributes': {'observation': [{'id': 'S', 'name': '', 'values':"
     " [{'id': 'A', 'name': 'fine'}]}]}}}",
     "kind:SDMX-JSON\nversion:1.0\nencoding:UTF-8\ndataset 1 - - AllDimensions - - -\n"
     "name OBS_VALUE: value\nname D fr: d\nname D: dim\nname D=x en: ex\nname D=x: X\n"
     "name S=A: fine\nobs 1 flat 3 D=x,E=v + S=A\nend of dataset\n"},
    {"{'data': {'dataSets': []}}", "kind:SDMX-JSON\nversion:1.0\nencoding:UTF-8\n"},
#endif
};

/* JSON is written above with the quotation marks that C has not; room for 4,000 bytes. */
static const char *quote_json(const char *message, char *text) {
    ck_assert_uint_lt(strlen(message), 4000);
    strcpy(text, message);
    for (char *at = text; text[0] == '{' && *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return text;
}

START_TEST(facts_are_told_in_order) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    fact_log to = {.stop = BKT_OK};
    char text[4000];
    bkt_status status = read_message(context, quote_json(logged[_i].message, text), &to);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    ck_assert_str_eq(bkti_text_get(&to.text), logged[_i].log);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkti_text_free(&to.text);
    bkt_context_free(context);
}
END_TEST

START_TEST(skipped_series_are_silent) {
    static const char text[] =
        "<m:StructureSpecificData xmlns:m='" M21 "message'><m:DataSet><Series D='x'>"
        "<Obs TIME_PERIOD='2001' OBS_VALUE='1'/><Obs TIME_PERIOD='2002' OBS_VALUE='2'/></Series>"
        "<Series D='y'><Obs TIME_PERIOD='2001' OBS_VALUE='3'/></Series></m:DataSet>"
        "</m:StructureSpecificData>";
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    fact_log to = {.skip = "x"};
    ck_assert_int_eq(read_message(context, text, &to), BKT_OK);
    const char *series = strstr(bkti_text_get(&to.text), "series");
    ck_assert_str_eq(series, "series 3 D=x\nend of series\nseries 3 D=y\n"
                             "obs 2 3 at TIME_PERIOD=2001\nend of series\nend of dataset\n");
    bkti_text_free(&to.text);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_listener_may_stop_the_message) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    for (size_t i = 0; i < 5; i++) {
        fact_log to = {.stop = BKT_ERR_CANCELLED};
        ck_assert_int_eq(read_message(context, logged[i].message, &to), BKT_ERR_CANCELLED);
        ck_assert_ptr_null(strstr(bkti_text_get(&to.text), "end of dataset"));
        bkti_text_free(&to.text);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(what_is_no_data_may_be_passed_over) {
    static const struct {
        const char *text;
        const char *log;
    } others[] = {
        {"<m:Structure xmlns:m='" M21 "message'/>",
         "passed 38 this is an SDMX-ML 2.1 Structure message; a data message was expected at 1\n"},
        {"<a/>", "passed 36 the root element <a> in no namespace is not of SDMX-ML; an SDMX-ML "
                 "data message was expected at 1\n"},
        {"words", "passed 31 this is no XML at 1\n"},
        {"AREA;YEAR\nBY;2001\n", "passed 36 this looks like CSV, but not like SDMX-CSV: its first "
                                 "column is called 'AREA', and "
                                 "DATAFLOW (SDMX-CSV 1.0) or STRUCTURE (2.0) was expected at 1\n"},
#ifdef BKTI_JSON
        {"  {\"data\": 1}", "passed 36 this is JSON, but no SDMX-JSON data message: it has no "
                            "dataSets at 1\n"},
        {"{\"class\": \"dataset\"}", "passed 36 this is JSON (JSON-stat?), but no SDMX-JSON data "
                                     "message: it has no dataSets at 1\n"},
        {"{\"data\": {\"codelists\": []}}", "passed 38 this is an SDMX-JSON structure message; a "
                                            "data message was expected at 1\n"},
        {"{\"data\":\n{\"metadataSets\": []}}", "passed 38 this is an SDMX-JSON metadata message; "
                                                "a data message was expected at 1\n"},
#else
        {"  {\"data\": 1}", "passed 15 this is JSON (SDMX-JSON?), which this build of the library "
                            "can't read: it was made without json-c (Meson's option json) at 1\n"},
#endif
    };
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        fact_log to = {.pass_over = true};
        ck_assert_int_eq(read_message(context, others[i].text, &to), BKT_END);
        ck_assert_str_eq(bkti_text_get(&to.text), others[i].log);
        bkti_text_free(&to.text);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_context_free(context);
}
END_TEST

START_TEST(elements_out_of_place_are_refused) {
    static const char *const layouts[] = {
        "<m:StructureSpecificData xmlns:m='" M21 "message'><Series/></m:StructureSpecificData>",
        "<m:StructureSpecificData xmlns:m='" M21
        "message'><m:DataSet><m:DataSet/></m:DataSet></m:StructureSpecificData>",
        "<m:StructureSpecificData xmlns:m='" M21
        "message'><m:DataSet><Obs><Obs/></Obs></m:DataSet></m:StructureSpecificData>",
        "<m:StructureSpecificData xmlns:m='" M21
        "message'><m:DataSet><SeriesKey/></m:DataSet></m:StructureSpecificData>",
        "<m:StructureSpecificData xmlns:m='" M3
        "message'><m:DataSet><Obs><Comp/></Obs></m:DataSet></m:StructureSpecificData>",
        "<m:GenericData xmlns:m='" M21
        "message'><m:DataSet><Series><SeriesKey/><SeriesKey/></Series></m:DataSet></m:GenericData>",
        "<m:GenericData xmlns:m='" M21
        "message'><m:DataSet><Series><Attributes/></Series></m:DataSet></m:GenericData>",
        "<m:GenericData xmlns:m='" M21
        "message'><m:DataSet><Series><SeriesKey/><Obs><ObsKey/></Obs></Series></m:DataSet>"
        "</m:GenericData>",
        "<CompactData xmlns='" M2 "message'><DataSet><Group><Series/></Group></DataSet>"
        "</CompactData>",
        "<MessageGroup xmlns='" M2
        "message'><k:DataSet xmlns:k='urn:k'><k:Series><k:Key/></k:Series>"
        "</k:DataSet></MessageGroup>",
        "<UtilityData xmlns='" M2 "message'><DataSet><Series><Key/><Key/></Series></DataSet>"
        "</UtilityData>",
        "<UtilityData xmlns='" M2 "message'><DataSet><Series><Key/><Series/></Series></DataSet>"
        "</UtilityData>",
        "<UtilityData xmlns='" M2 "message'><DataSet><Series><Key/><Obs><Obs/></Obs></Series>"
        "</DataSet></UtilityData>",
        "<CrossSectionalData xmlns='" M2 "message'><DataSet><Section><Section/></Section></DataSet>"
        "</CrossSectionalData>",
        "<CrossSectionalData xmlns='" M2 "message'><DataSet><Group><Group/></Group></DataSet>"
        "</CrossSectionalData>",
        "<CrossSectionalData xmlns='" M2 "message'><DataSet><Section><A value='1'><Obs/></A>"
        "</Section></DataSet></CrossSectionalData>",
    };
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        fact_log to = {.stop = BKT_OK};
        bkt_status status = read_message(context, layouts[i], &to);
        ck_assert_msg(status == BKT_ERR_LAYOUT, "%s: %d", layouts[i], (int)status);
        ck_assert_uint_eq(bkt_diagnostic_line(bkt_context_error(context)), 1);
        ck_assert_uint_gt(bkt_diagnostic_column(bkt_context_error(context)), 50);
        bkti_text_free(&to.text);
    }
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("message");
    TCase *test_case = tcase_create("message");
    tcase_add_loop_test(test_case, facts_are_told_in_order, 0,
                        (int)(sizeof logged / sizeof *logged));
    tcase_add_test(test_case, skipped_series_are_silent);
    tcase_add_test(test_case, a_listener_may_stop_the_message);
    tcase_add_test(test_case, what_is_no_data_may_be_passed_over);
    tcase_add_test(test_case, elements_out_of_place_are_refused);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
