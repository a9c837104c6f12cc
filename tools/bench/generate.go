package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// generator writes a module of packages that import each other, with tests. The
// flag system is a module of its own that stands for an SDK: it has the path of
// OpenFeature's, and holds no more than what is called. Some packages are wrappers
// that others evaluate their flags through.
type generator struct {
	packages int
	seed     uint64
	all      bool // all packages hold flags, not one of ten
}

func (g generator) name() string {
	if g.all {
		return fmt.Sprintf("generated, %d packages, flags in all", g.packages)
	}
	return fmt.Sprintf("generated, %d packages, flags in a tenth", g.packages)
}

// files and functions a package has.
const (
	filesEach     = 3
	functionsEach = 8
)

func (g generator) write(dir string) (*module, error) {
	r := rand.New(rand.NewPCG(g.seed, uint64(g.packages)))
	files := map[string]string{
		"go.mod": "module example.com/bench\n\ngo 1.24\n\nrequire github.com/open-feature/go-sdk v1.0.0\n\n" +
			"replace github.com/open-feature/go-sdk => ./sdk\n",
		"sdk/go.mod":                     "module github.com/open-feature/go-sdk\n\ngo 1.24\n",
		"sdk/openfeature/openfeature.go": sdkSource,
		".flaglint.yaml":                 "version: 1\nregistry: [flags.yaml]\n",
	}
	registry := &strings.Builder{}
	fmt.Fprint(registry, "version: 1\nflags:\n")
	var wrappers []int
	for i := range g.packages {
		flags := g.all || i%10 == 5
		// Few of the packages below are imported by many, as in real modules.
		var imports []int
		for range min(i, 3) {
			j := r.IntN(i)
			if r.IntN(2) == 0 {
				j = r.IntN(min(i, 20))
			}
			if !slices.Contains(imports, j) {
				imports = append(imports, j)
			}
		}
		wrapper := -1
		if flags && len(wrappers) > 0 && r.IntN(2) == 0 {
			wrapper = wrappers[r.IntN(len(wrappers))]
			if !slices.Contains(imports, wrapper) {
				imports = append(imports, wrapper)
			}
		}
		for n := range filesEach {
			files[fmt.Sprintf("p%d/f%d.go", i, n)] = g.source(r, i, n, imports, flags && n == 0, wrapper)
		}
		files[fmt.Sprintf("p%d/p_test.go", i)] = testSource(i)
		if flags {
			state := "active"
			if r.IntN(20) == 0 {
				state = "retired, value: true"
			}
			fmt.Fprintf(registry, "  flag-%d: {owner: team, description: a flag, state: %s}\n", i, state)
			if i%20 < 10 || g.all && i%10 == 5 {
				wrappers = append(wrappers, i)
			}
		}
	}
	files["flags.yaml"] = registry.String()
	m := &module{name: g.name(), dir: dir, remove: "flag-5=true", first: 2}
	if g.all {
		m.first = 3.5
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return nil, err
		}
		m.lines += strings.Count(text, "\n")
	}
	m.edited = filepath.Join(dir, fmt.Sprintf("p%d", g.packages/2), "f1.go")
	return m, nil
}

// source is one file. All of a package's flags are in its first.
func (g generator) source(r *rand.Rand, i, n int, imports []int, flags bool, wrapper int) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "package p%d\n\nimport (\n", i)
	if flags {
		fmt.Fprint(b, "\t\"context\"\n")
	}
	fmt.Fprint(b, "\t\"errors\"\n\t\"fmt\"\n\t\"strings\"\n")
	if flags {
		fmt.Fprint(b, "\n\t\"github.com/open-feature/go-sdk/openfeature\"\n")
	}
	fmt.Fprintln(b)
	for _, j := range imports {
		fmt.Fprintf(b, "\t\"example.com/bench/p%d\"\n", j)
	}
	fmt.Fprint(b, ")\n\n")
	t := fmt.Sprintf("Thing%d", n)
	fmt.Fprintf(b, "// %s is a thing.\ntype %s struct {\n\tName  string\n\tCount int\n\tParts []string\n}\n\n", t, t)
	fmt.Fprintf(b, "var errEmpty%d = errors.New(\"empty\")\n\n", n)
	for f := range functionsEach {
		fmt.Fprintf(b, "// Do%d does something.\nfunc (t *%s) Do%d(in []string) (string, error) {\n", f, t, f)
		fmt.Fprintf(b, "\tif len(in) == 0 {\n\t\treturn \"\", errEmpty%d\n\t}\n", n)
		fmt.Fprintf(b, "\ttotal := %d\n\tfor i, s := range in {\n\t\tif strings.HasPrefix(s, t.Name) {\n\t\t\ttotal += i * len(s)\n\t\t\tcontinue\n\t\t}\n\t\tt.Parts = append(t.Parts, strings.ToUpper(s))\n\t}\n", r.IntN(100))
		if len(imports) > 0 {
			j := imports[f%len(imports)]
			fmt.Fprintf(b, "\tother := &p%d.Thing%d{Name: t.Name, Count: total}\n\tgot, err := other.Do%d(in[1:])\n\tif err != nil {\n\t\treturn \"\", fmt.Errorf(\"doing %%s: %%w\", t.Name, err)\n\t}\n\treturn got, nil\n}\n\n", j, r.IntN(filesEach), r.IntN(functionsEach))
		} else {
			b.WriteString("\treturn fmt.Sprintf(\"%s %d\", t.Name, total), nil\n}\n\n")
		}
	}
	for k, j := range imports {
		fmt.Fprintf(b, "var _%d_%d p%d.Thing0\n\n", n, k, j)
	}
	if !flags {
		return b.String()
	}
	fmt.Fprintf(b, "// KeyOf%d is the key of this package's flag.\nconst KeyOf%d = \"flag-%d\"\n\n", i, i, i)
	fmt.Fprint(b, "var client = openfeature.NewClient(\"bench\")\n\n// On asks for a flag.\nfunc On(ctx context.Context, key string) bool {\n\ton, err := client.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})\n\treturn err == nil && on\n}\n\n")
	ask := "On"
	if wrapper >= 0 {
		ask = fmt.Sprintf("p%d.On", wrapper)
	}
	fmt.Fprintf(b, "// Choose branches by the flag.\nfunc Choose(ctx context.Context) string {\n\tif %s(ctx, KeyOf%d) {\n\t\treturn \"new\"\n\t}\n\treturn \"old\"\n}\n", ask, i)
	return b.String()
}

func testSource(i int) string {
	return fmt.Sprintf("package p%d\n\nimport \"testing\"\n\nfunc TestDo(t *testing.T) {\n\tfor _, in := range [][]string{nil, {\"a\"}, {\"a\", \"b\"}} {\n\t\tgot, err := (&Thing0{Name: \"x\"}).Do0(in)\n\t\tt.Log(got, err)\n\t}\n}\n", i)
}

const sdkSource = `// Package openfeature stands for an SDK.
package openfeature

import "context"

// Client evaluates flags.
type Client struct{ domain string }

// EvaluationContext says for whom.
type EvaluationContext struct{ attributes map[string]any }

// Option changes an evaluation.
type Option func(*Client)

// NewClient makes a client.
func NewClient(domain string) *Client { return &Client{domain: domain} }

// BooleanValue evaluates a flag.
func (c *Client) BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error) {
	return defaultValue, ctx.Err()
}
`
