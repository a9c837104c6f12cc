package settings_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

var update = flag.Bool("update", false, "write the schema")

type object = map[string]any

// schemaFile is where the schema stands in the repository.
const schemaFile = "../config/flaglint.schema.json"

// The schema is made from the types that the parser fills and the options that
// the rules have.
func TestSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	require.NoError(t, enc.Encode(document()))
	if *update {
		require.NoError(t, os.WriteFile(schemaFile, b.Bytes(), 0o644))
	}
	assert.Equal(t, b.String(), config.Schema(), "run go test ./internal/settings -update")
}

func document() object {
	texts := func() object { return object{"type": "string", "minLength": 1} }
	file := object{
		"description": "A slash path or a glob, relative to this file.",
		"type":        "string", "minLength": 1, "not": object{"pattern": `^/|^[\x00-\x7f]:|\\`},
	}
	outside := object{"allOf": []any{file, object{"not": object{"pattern": `^(\./)*\.\.(/|$)`}}}}
	rules := object{}
	for _, r := range analyzer.Rules() {
		rules[r.Name] = ruleSchema(r)
	}
	defs := object{
		"arg": object{
			"description": "An argument by its index, the receiver left out; or a field of it; or a field of the object.",
			"oneOf": []any{
				object{"type": "integer", "minimum": 0, "maximum": 1 << 16},
				object{
					"type": "object", "additionalProperties": false, "required": []any{"field"},
					"properties": object{"arg": object{"type": "integer", "minimum": 0}, "field": texts()},
				},
			},
		},
		"env": object{
			"description": "The environment variable that sets a flag: a pattern with {key} or {KEY}, or the field that holds it.",
			"oneOf": []any{
				object{"type": "string", "pattern": `\{[kK][eE][yY]\}`},
				object{"type": "object", "additionalProperties": false, "required": []any{"field"}, "properties": object{"field": texts()}},
			},
		},
	}
	of := &fromTypes{defs: defs}
	of.reference(reflect.TypeFor[provider.Spec]())
	return object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"$id":                  "https://github.com/flaghygiene/flaglint/raw/main/internal/config/flaglint.schema.json",
		"title":                "flaglint configuration",
		"description":          "What .flaglint.yaml says: registries, flag systems, rules, exclusions.",
		"type":                 "object",
		"additionalProperties": false,
		"required":             []any{"version"},
		"properties": object{
			"$schema": object{"type": "string"},
			"version": object{"description": "The version of the format.", "const": 1},
			"registry": object{
				"description": "The files that declare flags.",
				"type":        "array",
				"items": object{"oneOf": []any{file, object{
					"type": "object", "additionalProperties": false, "required": []any{"file"},
					"properties": object{
						"file":        file,
						"format":      object{"description": "The format's name; recognised where it is left out.", "type": "string", "minLength": 1},
						"runtime":     object{"description": "The running program reads the file too.", "type": "boolean"},
						"environment": object{"description": "The environment that the file speaks of.", "type": "string", "minLength": 1},
					},
				}}},
			},
			"environments": object{
				"description": "The environments that decide whether a flag is rolled out.",
				"type":        "array", "minItems": 1, "uniqueItems": true, "items": texts(),
			},
			"providers": object{"description": "Flag systems beside the built-in ones.", "type": "array", "items": object{"$ref": "#/$defs/Spec"}},
			"rules":     object{"description": "Severity and options of rules.", "type": "object", "additionalProperties": false, "properties": rules},
			"exclude":   object{"description": "Globs of files that nothing is told of.", "type": "array", "items": outside},
			"sync":      syncSchema(of),
		},
		"$defs": defs,
	}
}

// syncSchema is what the block sync may be.
func syncSchema(of *fromTypes) object {
	of.reference(reflect.TypeFor[config.Source]())
	written := object{
		"description": "A slash path relative to this file, of a file that sync writes.",
		"type":        "string", "minLength": 1, "not": object{"pattern": `^/|^[\x00-\x7f]:|\\|[*?\[{]|^(\./)*\.\.(/|$)`},
	}
	return object{
		"description": "What flaglint sync fetches, and where to.",
		"type":        "object", "additionalProperties": false, "required": []any{"sources"},
		"properties": object{
			"snapshot": written, "history": written,
			"max-age": object{"oneOf": []any{object{"type": "string", "pattern": `^[0-9]{1,5}d$`}, object{"const": "never"}}},
			"sources": object{"type": "array", "items": object{"$ref": "#/$defs/Source"}},
		},
	}
}

// ruleSchema is what a rule's settings may be.
func ruleSchema(r *analyzer.Rule) object {
	properties := object{"severity": object{"enum": anys(config.Severities())}}
	for _, o := range r.Options {
		s := object{"description": o.Doc}
		switch o.Kind {
		case analyzer.OptionInt:
			maps.Copy(s, object{"type": "integer", "minimum": 0, "exclusiveMaximum": 1 << 31})
		case analyzer.OptionBool:
			s["type"] = "boolean"
		case analyzer.OptionDays:
			s["oneOf"] = days()
		case analyzer.OptionStrings:
			items := object{"type": "string"}
			if len(o.Values) > 0 {
				items = object{"enum": anys(o.Values)}
			}
			maps.Copy(s, object{"type": "array", "items": items})
		case analyzer.OptionPattern:
			maps.Copy(s, object{"type": "string", "format": "regex"})
		case analyzer.OptionKindMap:
			kinds := object{}
			for _, k := range registry.Kinds() {
				kinds[string(k)] = object{"oneOf": append(days(), object{"const": "never"})}
			}
			maps.Copy(s, object{"type": "object", "additionalProperties": false, "properties": kinds})
		}
		properties[o.Name] = s
	}
	return object{"description": r.Title + ".", "type": "object", "additionalProperties": false, "properties": properties}
}

func days() []any {
	return []any{
		object{"type": "integer", "minimum": 0, "exclusiveMaximum": 1 << 31},
		object{"type": "string", "pattern": `^\+?[0-9]{1,18}d?$`},
	}
}

func anys[T any](list []T) []any {
	var out []any
	for _, x := range list {
		out = append(out, x)
	}
	return out
}

// fromTypes makes the schemas of structs.
type fromTypes struct{ defs object }

func (f *fromTypes) of(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[provider.Arg]():
		return object{"$ref": "#/$defs/arg"}
	case reflect.TypeFor[provider.EnvName]():
		return object{"$ref": "#/$defs/env"}
	case reflect.TypeFor[registry.Type]():
		return object{"enum": append(anys(registry.Types()), "")}
	case reflect.TypeFor[registry.State]():
		return object{"enum": append(anys(registry.States()), "")}
	case reflect.TypeFor[provider.Evaluate](), reflect.TypeFor[provider.Detail]():
		short := object{"type": "string", "minLength": 1}
		if t == reflect.TypeFor[provider.Detail]() {
			short = object{"enum": roles()}
		}
		return object{"oneOf": []any{short, f.reference(t)}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return f.of(t.Elem())
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	case reflect.Interface:
		return object{}
	case reflect.Slice:
		return object{"type": "array", "items": f.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": f.of(t.Elem())}
	case reflect.Struct:
		return f.reference(t)
	}
	panic("no schema for " + t.String())
}

func (f *fromTypes) reference(t reflect.Type) object {
	name := t.Name()
	if f.defs[name] == nil {
		properties := object{}
		s := object{"type": "object", "additionalProperties": false, "properties": properties}
		f.defs[name] = s
		for i := range t.NumField() {
			if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
				properties[tag] = f.of(t.Field(i).Type)
			}
		}
		refine(name, s, properties)
	}
	return object{"$ref": "#/$defs/" + name}
}

// refine adds what the types do not say.
func refine(name string, s, properties object) {
	needs := func(keys ...string) {
		var required []any
		for _, k := range keys {
			required = append(required, k)
			if p, ok := properties[k].(object); ok && p["type"] == "string" {
				p["minLength"] = 1
			}
		}
		s["required"] = required
	}
	atLeast := func(least int, keys ...string) {
		for _, k := range keys {
			properties[k].(object)["minimum"] = least
		}
	}
	has := func(key string) object { return object{"required": []any{key}} }
	says := func(key string) object {
		return object{"required": []any{key}, "properties": object{key: object{"const": true}}}
	}
	either := func(a, b string) []any {
		full := object{"minLength": 1}
		return []any{
			object{"required": []any{a}, "properties": object{a: full}},
			object{"required": []any{b}, "properties": object{b: full}},
		}
	}
	switch name {
	case "Spec":
		needs("name")
		for _, k := range []string{"modules", "prefixes", "lookups", "contains"} {
			properties[k].(object)["items"].(object)["minLength"] = 1
		}
	case "Function":
		needs("name")
		atLeast(0, "since", "until", "error", "detail")
		atLeast(provider.NoResult, "value")
		s["anyOf"] = []any{has("key"), says("dynamic")}
	case "Source":
		needs("name", "type")
		properties["name"].(object)["pattern"] = `^[^\s/\\\x00]([^\n/\\\x00]*[^\s/\\\x00])?$`
		properties["token"] = object{"description": "The environment variable that holds the token; of a store the password, or the address with it.", "type": "string", "pattern": `^([A-Za-z_][A-Za-z0-9_]*)?$`}
		properties["timeout"] = object{"type": "string"}
		properties["environments"].(object)["items"].(object)["minLength"] = 1
	case "Field":
		needs("type")
	case "Object":
		s["oneOf"] = either("declare", "type")
		s["anyOf"] = []any{has("key"), says("contained"), says("mapkey")}
	case "Evaluate":
		needs("name")
		atLeast(0, "error", "flag")
		atLeast(provider.NoResult, "value")
		properties["returns"] = object{"enum": []any{"func", ""}}
	case "Declaration", "Scope":
		needs("name", "key")
	case "Container":
		needs("register")
	case "Decoder":
		needs("name")
		properties["derive"] = object{"enum": []any{"upper", "lower", ""}}
	case "Override":
		needs("key")
		s["oneOf"] = either("name", "type")
		s["not"] = object{"required": []any{"value", "set"}}
		properties["pairs"] = object{"enum": []any{"=", "+-", ""}}
	case "MetaOption":
		needs("name", "sets")
	case "Detail":
		needs("role")
		properties["role"] = object{"enum": roles()}
	}
}

func roles() []any {
	return []any{
		provider.RoleValue, provider.RoleNegated, provider.RoleVariant, provider.RoleKey,
		provider.RoleError, provider.RoleParam, provider.RoleOther,
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(config.Schema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	require.NoError(t, compiler.AddResource("flaglint.schema.json", doc))
	schema, err := compiler.Compile("flaglint.schema.json")
	require.NoError(t, err)
	return schema
}

// verdicts say whether the parser and the rules take a configuration, whether the
// schema does, and whether it is a document at all.
func verdicts(t *testing.T, schema *jsonschema.Schema, text []byte) (parsed, accepted, isDocument bool) {
	t.Helper()
	root, err := yamltree.Parse("x.yaml", text)
	if err != nil {
		return false, false, false
	}
	c, err := config.Parse("x.yaml", text)
	if err == nil {
		s := &settings.Settings{Config: c}
		_, err = analyzer.New(analyzer.Config{Rules: s.Rules()})
	}
	return err == nil, schema.Validate(root.Any()) == nil, true
}

func TestSchemaAgreesWithTheParserOnFiles(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	files, err := filepath.Glob("../config/testdata/*/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if parsed, accepted, isDocument := verdicts(t, schema, text); isDocument {
			assert.Equal(t, parsed, accepted, file)
		}
	}
}

// Every built-in data file is one entry of `providers:`.
func TestSchemaAcceptsTheBuiltIn(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	files, err := filepath.Glob("../provider/data/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		root, err := yamltree.Parse(file, text)
		require.NoError(t, err)
		list, ok := root.Any().([]any)
		if !ok {
			list = []any{root.Any()}
		}
		assert.NoError(t, schema.Validate(object{"version": int64(1), "providers": list}), file)
	}
}

// Every row of rows.txt meets the same verdict from both.
func TestSchemaAgreesWithTheParserOnRows(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	text, err := os.ReadFile("testdata/rows.txt")
	require.NoError(t, err)
	seen := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		verdict, row, _ := strings.Cut(line, " ")
		if verdict == "#" {
			continue
		}
		require.True(t, slices.Contains([]string{"+", "-", "!"}, verdict), "line %d", i+1)
		seen[verdict]++
		parsed, accepted, isDocument := verdicts(t, schema, []byte("version: 1\n"+row+"\n"))
		require.True(t, isDocument, "line %d: %s", i+1, line)
		assert.Equal(t, verdict == "+", parsed, "parser, line %d: %s", i+1, line)
		assert.Equal(t, verdict != "-", accepted, "schema, line %d: %s", i+1, line)
		if verdict == "!" {
			assert.Contains(t, row, " # ", "the reason is given")
		}
	}
	assert.Len(t, seen, 3)
}
