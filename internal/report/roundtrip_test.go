package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

// TestRegistryToReport reads the sample of every registry format, reports it, and
// reads the report again: each flag comes back, once, as its row has it.
func TestRegistryToReport(t *testing.T) {
	t.Parallel()
	root := filepath.FromSlash("../../registry/source/testdata")
	formats := append(registry.Formats{registry.Native()}, source.Formats()...)
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		format, _, nested := strings.Cut(filepath.ToSlash(rel), "/")
		switch ext := filepath.Ext(rel); {
		case !nested, format == "fuzz", ext == ".golden", ext == ".errors", strings.Contains(filepath.ToSlash(rel), "/bad/"):
			return nil
		}
		seen[format] = true
		t.Run(rel, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			o := registry.Options{}
			if format == "viper" { // no content tells it
				o.Format = format
			}
			reg, err := formats.Load(filepath.Base(path), data, o)
			require.NoError(t, err)
			reg, err = registry.Settle(reg, nil)
			require.NoError(t, err)
			require.NotEmpty(t, reg.Flags())
			want := map[string][]string{}
			for _, f := range reg.Flags() {
				want[f.Key] = []string{string(f.Type), string(f.State), string(f.Kind), f.Owner, f.Created.String(), f.Expires.String(), "true", strconv.Itoa(f.Source.Line)}
			}
			inv := report.NewInventory(reg, nil)
			assert.Equal(t, want, fromJSON(t, inv))
			for key := range want {
				want[key] = want[key][:7] // the list has no place of the row
			}
			assert.Equal(t, want, fromCSV(t, inv))
		})
		return nil
	})
	require.NoError(t, err)
	for _, name := range source.Formats().Names() {
		assert.True(t, seen[name], "the format %s has no sample", name)
	}
}

func fromJSON(t *testing.T, inv report.Inventory) map[string][]string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, inv.JSON(&b, report.Paths{}))
	var doc struct {
		Flags []struct {
			Key, Type, State, Kind, Owner, Created, Expires string
			Registered                                      bool
			Registry                                        struct{ Line int }
		}
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &doc))
	out := map[string][]string{}
	for _, f := range doc.Flags {
		require.Nil(t, out[f.Key], "%s is listed twice", f.Key)
		out[f.Key] = []string{f.Type, f.State, f.Kind, f.Owner, f.Created, f.Expires, strconv.FormatBool(f.Registered), strconv.Itoa(f.Registry.Line)}
	}
	return out
}

func fromCSV(t *testing.T, inv report.Inventory) map[string][]string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, inv.CSV(&b, report.Paths{}))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	out := map[string][]string{}
	for _, row := range rows[1:] {
		require.Nil(t, out[row[0]], "%s is listed twice", row[0])
		out[row[0]] = row[1:8]
	}
	return out
}
