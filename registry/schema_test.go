package registry_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// beyondSchema are the invalid samples that a schema accepts, each with the reason.
var beyondSchema = map[string]string{
	"duplicate-flag.yaml":  "a schema sees one of the two keys",
	"duplicate.json":       "a schema sees one of the two keys",
	"impossible-date.yaml": "a pattern knows no calendar",
	"not-a-variant.yaml":   "a schema cannot compare a field with another",
	"number-keys.yaml":     "to a schema every key is a text",
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(registry.Schema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("flags.schema.json", doc))
	schema, err := compiler.Compile("flags.schema.json")
	require.NoError(t, err)
	return schema
}

// Every row of rows.txt meets the same verdict from both.
func TestSchemaAgreesWithTheParserOnRows(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	for i, line := range strings.Split(strings.TrimSpace(string(read(t, "testdata/rows.txt"))), "\n") {
		verdict, row, _ := strings.Cut(line, " ")
		if verdict == "#" {
			continue
		}
		text := []byte("version: 1\nflags:\n  x: " + row + "\n")
		_, err := registry.Parse("flags.yaml", text)
		assert.Equal(t, verdict == "+", err == nil, "parser, line %d: %s: %v", i+1, line, err)
		root, err := yamltree.Parse("flags.yaml", text)
		if err != nil {
			assert.Equal(t, "-", verdict, line)
			continue // wrong before any schema can look
		}
		err = schema.Validate(root.Any())
		assert.Equal(t, verdict != "-", err == nil, "schema, line %d: %s: %v", i+1, line, err)
		if verdict == "!" {
			assert.Contains(t, row, " # ", "the reason is given")
		}
	}
}

func TestSchemaAgreesWithTheParserOnFiles(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	// accepts reports whether the schema takes the file, and whether it is a
	// document at all.
	accepts := func(file string) (accepted, isDocument bool) {
		root, err := yamltree.Parse(file, read(t, file))
		if err != nil {
			return false, false
		}
		return schema.Validate(root.Any()) == nil, true
	}

	for _, file := range samples(t, "valid") {
		accepted, _ := accepts(file)
		assert.True(t, accepted, file)
	}
	listed := 0
	for _, file := range samples(t, "invalid") {
		accepted, isDocument := accepts(file)
		if !isDocument {
			continue // wrong before any schema can look
		}
		_, beyond := beyondSchema[filepath.Base(file)]
		assert.Equal(t, beyond, accepted, file)
		if beyond {
			listed++
		}
	}
	assert.Equal(t, len(beyondSchema), listed, "every exception is a sample")
}

// The patterns of the schema are those of the parser.
func TestSchemaHasTheParsersPatterns(t *testing.T) {
	t.Parallel()
	for name, pattern := range registry.Patterns() {
		spelt := `"pattern": "` + strings.ReplaceAll(pattern, `\`, `\\`) + `"`
		assert.Contains(t, registry.Schema(), spelt, name)
	}
	for _, name := range registry.FieldNames() {
		assert.Contains(t, registry.Schema(), `"`+name+`": {`)
	}
}
