package report_test

import (
	"bytes"
	"flag"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

var update = flag.Bool("update", false, "write the golden files")

var (
	dir   = filepath.Join(string(filepath.Separator), "work", "shop")
	paths = report.Paths{Dir: dir}
)

func place(file string, line, column int) token.Position {
	return token.Position{Filename: filepath.Join(dir, file), Line: line, Column: column}
}

const cart = "package shop\n\nfunc Total() int {\n\tif client.Boolean(ctx, \"new-checkout\", false, ec) { // ü\n\t\treturn 1\n\t}\n\treturn\t2\n}\n"

func sources(file string) []byte {
	switch file {
	case filepath.Join(dir, "cart.go"):
		return []byte(cart)
	case filepath.Join(dir, "flags.yaml"):
		return []byte("version: 1\nflags:\n  gone: {owner: a}\n")
	}
	return nil
}

// edit is an edit of cart.go.
func edit(line, column, endLine, endColumn int, text string) analyzer.Edit {
	at := func(line, column int) token.Position {
		p := place("cart.go", line, column)
		for i, l := range strings.SplitAfter(cart, "\n") {
			if i+1 == line {
				p.Offset += column - 1
				break
			}
			p.Offset += len(l)
		}
		return p
	}
	return analyzer.Edit{Start: at(line, column), End: at(endLine, endColumn), New: text}
}

func check() report.Check {
	return report.Check{
		Packages: 1, Files: 2, Flags: 3, References: 4,
		Findings: []analyzer.Finding{
			{
				Rule: "expired-flag", Severity: analyzer.SeverityError, Flag: "new-checkout",
				Message: "flag \"new-checkout\" expired on 2026-04-01, 233 days ago",
				Pos:     place("cart.go", 4, 5), End: place("cart.go", 4, 51),
				Row:     registry.Position{File: "flags.yaml", Line: 3, Column: 3},
				Mend:    "flaglint remove new-checkout=true",
				Related: []analyzer.Related{{Pos: place("cart.go", 7, 2), Message: "the other answer"}},
				Fixes: []analyzer.Fix{{Message: "Fold the condition", Safety: analyzer.Safe, Edits: []analyzer.Edit{
					edit(4, 2, 4, 2, "// folded ü\n\t"), edit(4, 54, 4, 59, "// 𝄞"),
				}}},
				Function: "shop.Total",
			},
			{
				Rule: "long-branch", Severity: analyzer.SeverityInfo, Message: "a <long> branch",
				Pos: place("cart.go", 7, 9), End: place("cart.go", 8, 2),
			},
			{
				Rule: "dynamic-key", Severity: analyzer.SeverityWarning, Message: "no source is known",
				Pos: place("other/gone.go", 40, 2), End: place("other/gone.go", 40, 3),
			},
			{
				Rule: "unused-flag", Severity: analyzer.SeverityWarning, Flag: "gone", Message: "flag \"gone\" is used nowhere",
				Pos: token.Position{Filename: "flags.yaml", Line: 3, Column: 3}, End: token.Position{Filename: "flags.yaml", Line: 3, Column: 3},
				Row: registry.Position{File: "flags.yaml", Line: 3, Column: 3}, Mend: "remove the row",
			},
		},
	}
}

func inventory() report.Inventory {
	row := &registry.Flag{
		Key: "new-checkout", Type: registry.TypeBool, State: registry.StateActive, Kind: registry.KindRelease, Owner: "team, pay",
		Created: registry.Date{Year: 2026, Month: 1, Day: 2}, Expires: registry.Expiry{Version: "v2.0.0"},
		Source: registry.Position{File: "flags.yaml", Line: 3, Column: 3},
	}
	return report.Inventory{
		Flags: []report.Flag{
			{Key: "Ünused", Row: &registry.Flag{Key: "Ünused"}},
			{Key: "misspelt", Type: registry.TypeString, References: []report.Reference{
				{Kind: flagref.Override, Pos: place("cart_test.go", 3, 1), Provider: "openfeature", Function: "shop.TestTotal", Test: true},
			}},
			{Key: "new-checkout", Type: registry.TypeBool, Row: row, References: []report.Reference{
				{Kind: flagref.Declaration, Pos: place("a.go", 1, 1), Provider: "openfeature"},
				{Kind: flagref.Evaluation, Pos: place("cart.go", 4, 5), Provider: "openfeature", Function: "shop.Total", Via: []token.Position{place("flags.go", 8, 1)}},
			}},
		},
		Dynamic: []report.Reference{{Kind: flagref.Evaluation, Pos: place("all.go", 40, 9), Provider: "openfeature", Function: "shop.All"}},
	}
}

func result() report.Removal {
	return report.Removal{
		Written: true,
		Plan: &removal.Plan{
			Targets: []removal.Target{{Key: "new-checkout", Value: registry.Bool(true)}},
			Files: []removal.FileEdit{
				{Name: filepath.Join(dir, "cart.go"), Before: []byte("a\nb\nc\n"), After: []byte("a\nx\n")},
				{Name: filepath.Join(dir, "old.go"), Before: []byte("a\n")},
			},
			Residue: []removal.Residue{{Flag: "new-checkout", Pos: place("z.go", 1, 1), Reason: "dynamic-key", Message: "the key is computed; look at it"}},
			Notes: []removal.Residue{
				{Flag: "new-checkout", Pos: place("log.go", 2, 3), Reason: "flag-as-data", Message: "true is logged"},
				{Pos: place("log.go", 5, 3), Reason: "dynamic-key", Message: "the key is not known here"},
			},
			Removed: []removal.Removed{{Kind: "func", Name: "oldTotal"}, {Kind: "test", Name: "TestOld"}, {Kind: "func", Name: "help"}, {Kind: "row", Name: "r"}},
		},
		Leftovers: []report.Leftover{{Flag: "new-checkout", File: filepath.Join(dir, "README.md"), Line: 7}},
		Next:      []string{"deploy."},
	}
}

// TestFormats holds each format against its golden file in testdata.
func TestFormats(t *testing.T) {
	t.Parallel()
	text := report.TextOptions{Paths: paths, Sources: sources}
	colored := text
	colored.Color = true
	formats := map[string]func(*bytes.Buffer) error{}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"check.color.txt": func(b *bytes.Buffer) error { return check().Text(b, colored) },
		"list.txt":        func(b *bytes.Buffer) error { return inventory().Table(b, text) },
		"list.csv":        func(b *bytes.Buffer) error { return inventory().CSV(b, paths) },
		"list.json":       func(b *bytes.Buffer) error { return inventory().JSON(b, paths) },
		"remove.txt":      func(b *bytes.Buffer) error { return result().Text(b, text) },
		"remove.json":     func(b *bytes.Buffer) error { return result().JSON(b, paths) },
		"remove.diff": func(b *bytes.Buffer) error {
			return report.Diff(b, result().Plan.Files, paths, nil)
		},
	} {
		formats[name] = write
	}
	opts := report.Options{TextOptions: text, Version: "v1.2.3"}
	for _, f := range report.CheckFormats() {
		formats[f.Name+".golden"] = func(b *bytes.Buffer) error { return f.Write(check(), b, opts) }
		formats[f.Name+".clean.golden"] = func(b *bytes.Buffer) error { return f.Write(report.Check{Packages: 1, Files: 1}, b, opts) }
	}
	for name, write := range formats {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, write(&b))
			file := filepath.Join("testdata", name)
			if *update {
				require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), b.String())
		})
	}
}

// TestInventoryOnce lists a reference once although a package and its test
// variant both have it.
func TestInventoryOnce(t *testing.T) {
	t.Parallel()
	reg, err := registry.New(&registry.Flag{Key: "unused"})
	require.NoError(t, err)
	inv := report.NewInventory(reg, nil)
	require.Len(t, inv.Flags, 1)
	assert.Empty(t, inv.Flags[0].References)
}
