package provider

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

var update = flag.Bool("update", false, "write docs/providers.md anew")

// TestProvidersPage fails while docs/providers.md is not what the data says; go
// test ./internal/provider -run ProvidersPage -update writes it.
func TestProvidersPage(t *testing.T) {
	t.Parallel()
	specs, err := Builtin()
	require.NoError(t, err)
	file := filepath.Join(providertest.Root(t), "..", "docs", "providers.md")
	want := page(specs)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, want, string(got), "docs/providers.md is stale (go test ./internal/provider -run ProvidersPage -update)")
}

// page renders the data files.
func page(specs []Spec) string {
	slices.SortFunc(specs, func(a, b Spec) int { return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)) })
	var b strings.Builder
	b.WriteString(`# Flag systems that are built in

This page is written from the data files in ` + "`internal/provider/data`" + ` by the tests of that package.
A system is found by the types that code uses: nothing has to be switched on. Function names are as go/types
prints them, with the module in short (` + "`{mod}`" + `, any major version) and alternatives in braces. What is
not here is named in ` + "`providers:`" + ` of ` + "`.flaglint.yaml`" + `.

| System | Modules | Facts from |
|---|---|---|
`)
	for _, s := range specs {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", s.Title, s.Name, code(s.Modules, "the standard library, or as named"), s.Source)
	}
	for _, s := range specs {
		section(&b, s)
	}
	return b.String()
}

func section(b *strings.Builder, s Spec) {
	fmt.Fprintf(b, "\n<a id=%q></a>\n## %s\n\nProvider `%s`. Modules: %s.\n", s.Name, s.Title, s.Name, code(s.Modules, "none"))
	if s.Note != "" {
		fmt.Fprintf(b, "%s\n", strings.TrimSpace(s.Note))
	}
	if len(s.Prefixes) > 0 {
		var except []string
		prefixes := slices.DeleteFunc(slices.Clone(s.Prefixes), func(p string) bool {
			key, ok := strings.CutPrefix(p, "!")
			if ok {
				except = append(except, key)
			}
			return ok
		})
		bools := ""
		if slices.ContainsFunc(s.Objects, func(o Object) bool { return o.Named }) {
			bools = " and are bools"
		}
		fmt.Fprintf(b, "\nOnly keys that a registry names, or that begin with %s%s, are flags; but not %s. A provider of the name `%s` with `prefixes:` of its own replaces these.\n", code(prefixes, ""), bools, code(except, "none"), s.Name)
	}
	var evaluations, mentions []entryLine
	for _, f := range s.Functions {
		if f.Mention {
			mentions = append(mentions, entryLine{f.Name, ""})
		} else {
			evaluations = append(evaluations, entryLine{f.Name, remarks(f)})
		}
	}
	list(b, "Evaluations", evaluations)
	var objects []entryLine
	for _, o := range s.Objects {
		remark := ""
		if o.Type != "" {
			remark = ", literals of it"
		}
		var by []string
		for _, e := range o.Evaluate {
			if !e.Mention {
				by = append(by, e.Name)
			}
		}
		if len(by) > 0 {
			remark += ", evaluated by " + code(by, "")
		}
		objects = append(objects, entryLine{o.Declare + o.Type, remark})
	}
	list(b, "Flags as objects", objects)
	var others []entryLine
	for _, c := range s.Containers {
		others = append(others, entryLine{c.Register, " (a struct of flags)"})
	}
	for _, f := range s.Fields {
		others = append(others, entryLine{f.Type, " (each field is a flag)"})
	}
	for _, d := range s.Decoders {
		others = append(others, entryLine{d.Name, " (fills a struct; its tags `" + d.Tag + "` name the keys)"})
	}
	for _, d := range s.Scopes {
		others = append(others, entryLine{d.Name, " (gives the settings below a key)"})
	}
	for _, d := range s.Declarations {
		others = append(others, entryLine{d.Name, " (declares keys)"})
	}
	list(b, "Structs and declarations", others)
	var overrides []entryLine
	for _, o := range s.Overrides {
		remark := ""
		if o.Type != "" {
			remark = ", literals of it"
		}
		overrides = append(overrides, entryLine{o.Name + o.Type, remark})
	}
	if s.Env.Pattern != "" && s.Env.Pattern != "{key}" {
		overrides = append(overrides, entryLine{s.Env.Pattern, ", the environment variable"})
	}
	list(b, "Overrides in tests", overrides)
	list(b, "Names a key without evaluating it", mentions)
}

// remarks tells what is special of a row.
func remarks(f Function) string {
	var r []string
	if f.Negated {
		r = append(r, "negated")
	}
	if f.Keys {
		r = append(r, "several keys")
	}
	if f.Dynamic {
		r = append(r, "all flags: a dynamic key")
	}
	if f.Map {
		r = append(r, "gives a map")
	}
	if len(f.Details) > 0 {
		r = append(r, "gives details")
	}
	if f.Param != nil {
		r = append(r, "a variable of the flag")
	}
	if f.Since > 0 {
		r = append(r, fmt.Sprintf("since v%d", f.Since))
	}
	if f.Until > 0 {
		r = append(r, fmt.Sprintf("until v%d", f.Until))
	}
	if len(r) == 0 {
		return ""
	}
	return " (" + strings.Join(r, "; ") + ")"
}

func list(b *strings.Builder, title string, lines []entryLine) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n", title)
	for _, l := range slices.Compact(lines) {
		fmt.Fprintf(b, "- `%s`%s\n", l.name, l.remark)
	}
}

// entryLine is a line of a list: a name, and what is said of it.
type entryLine struct{ name, remark string }

func code(names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
