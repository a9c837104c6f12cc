package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/report"
)

// TestSARIFSchema holds the SARIF output against the schema of OASIS, errata 01.
func TestSARIFSchema(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	require.NoError(t, err)
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("sarif.json", doc))
	schema, err := compiler.Compile("sarif.json")
	require.NoError(t, err)
	for _, c := range []report.Check{check(), {}} {
		var b bytes.Buffer
		require.NoError(t, c.SARIF(&b, report.Options{TextOptions: report.TextOptions{Paths: paths, Sources: sources}}))
		got, err := jsonschema.UnmarshalJSON(&b)
		require.NoError(t, err)
		require.NoError(t, schema.Validate(got))
		got.(map[string]any)["runs"].([]any)[0].(map[string]any)["nonsense"] = 1
		require.Error(t, schema.Validate(got), "the schema refuses what it does not know")
	}
}

// TestFingerprints: lines that move change no fingerprint; another function does,
// and two findings never share one.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	prints := func(c report.Check) []string {
		var b bytes.Buffer
		require.NoError(t, c.GitLab(&b, report.Options{}))
		var out []struct{ Fingerprint string }
		require.NoError(t, json.Unmarshal(b.Bytes(), &out))
		var list []string
		for _, i := range out {
			list = append(list, i.Fingerprint)
		}
		return list
	}
	c := check()
	c.Findings = append(c.Findings[:1:1], c.Findings...)
	before := prints(c)
	require.NotEqual(t, before[0], before[1])
	for i := range c.Findings {
		c.Findings[i].Pos.Line += 7
	}
	require.Equal(t, before, prints(c))
	c.Findings[0].Function = "shop.Other"
	require.NotEqual(t, before[0], prints(c)[0])
}
