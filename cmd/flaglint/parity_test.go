package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/corpus"
	"github.com/flaghygiene/flaglint/nogo"
	"github.com/flaghygiene/flaglint/nogo/nogotest"
)

// The drivers are held against each other on all programs of the corpus: the rules',
// under the rules that each program is about, and those of the SDKs and of the
// search, under all rules with every flag retired. What the command finds is held
// against the want comments, and what another driver finds against the command:
// "file:line:column analyzer message".

// everything asks for the comparisons that take minutes: go vet on the modules that
// require SDKs, whose dependencies it type-checks one by one.
const everything = "FLAGLINT_DRIVERS"

// parity is the corpus on disk, and what the command finds in it.
type parity struct {
	dir     string
	cache   string // of golangci-lint, so that what programs share is analysed once
	modules []corpus.Module
	sarif   *jsonschema.Schema
	found   map[string][]string // by place
}

// parityEnv is the environment of every driver. OpenFeature's mock is behind a tag.
func parityEnv() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod -tags=testtools", "GOWORK=off", "GOTOOLCHAIN=local")
}

func newParity(t *testing.T) *parity {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	p := &parity{dir: dir, cache: t.TempDir(), modules: corpus.Layout(t, dir), sarif: sarifSchema(t), found: map[string][]string{}}
	for _, m := range p.modules {
		for _, place := range m.Places {
			p.check(t, place)
		}
	}
	return p
}

func (p *parity) at(place string) string { return filepath.Join(p.dir, filepath.FromSlash(place)) }

// line is a finding as drivers are compared.
func (p *parity) line(f corpus.Found, rule string) string {
	rel, err := filepath.Rel(p.dir, f.File)
	if err != nil {
		rel = f.File
	}
	return fmt.Sprintf("%s:%d:%d %s %s", filepath.ToSlash(rel), f.Line, f.Column, rule, f.Message)
}

// sarifSchema is the schema of OASIS.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "internal", "report", "testdata", "sarif-schema-2.1.0.json"))
	require.NoError(t, err)
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("sarif.json", doc))
	schema, err := compiler.Compile("sarif.json")
	require.NoError(t, err)
	return schema
}

// validate holds a SARIF file against the schema, and against how many findings there are.
func (p *parity) validate(t *testing.T, name string, findings int) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	assert.NoError(t, p.sarif.Validate(doc), name)
	var log struct{ Runs []struct{ Results []any } }
	require.NoError(t, json.Unmarshal(data, &log))
	require.Len(t, log.Runs, 1)
	assert.Len(t, log.Runs[0].Results, findings, name)
}

// check runs the command in a place, and holds it against the want comments, and what
// it writes as SARIF against the schema.
func (p *parity) check(t *testing.T, place corpus.Place) {
	t.Helper()
	var out, errs bytes.Buffer
	sarif := filepath.Join(t.TempDir(), "flaglint.sarif")
	code := run(t.Context(), []string{"check", "-C", p.at(place.Dir), "--format", "json", "--output", "sarif=" + sarif, "--now", corpus.Today}, world{
		stdout: &out, stderr: &errs, now: time.Now(), env: parityEnv(),
	})
	require.Less(t, code, exitError, "%s: %s", place.Dir, &errs)
	var got struct {
		Findings []struct {
			Rule, Message, File string
			Line, Column        int
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	p.validate(t, sarif, len(got.Findings))
	var all, retired []corpus.Found
	for _, f := range got.Findings {
		one := corpus.Found{File: filepath.Join(p.at(place.Dir), f.File), Line: f.Line, Column: f.Column, Message: f.Message}
		all = append(all, one)
		if f.Rule == "retired-flag" {
			retired = append(retired, one)
		}
		p.found[place.Dir] = append(p.found[place.Dir], p.line(one, strings.ReplaceAll(f.Rule, "-", "")))
	}
	slices.Sort(p.found[place.Dir])
	if place.Rules {
		assert.Empty(t, corpus.Differences(place.Wants, all), place.Dir)
		return
	}
	assert.NotEmpty(t, place.Wants, place.Dir)
	for _, d := range corpus.Differences(place.Wants, retired) {
		assert.NotContains(t, d, "not found", place.Dir)
	}
}

// partly lists what the rules that docs/integrations.md calls "part" miss in the corpus
// where one package is seen, and tell beyond the command.
var partly = []string{
	"missing: rules/default-mismatch/across/b/b.go:12:43 defaultmismatch ",
	"missing: flagref/envset/envset.go:7:2 retiredflag ",
	"missing: flagref/envset/envset.go:8:2 retiredflag ",
	"missing: flagref/ifaces/ifaces.go:75:41 unknownflag ",
	"missing: flagref/wrappers/wrappers.go:141:9 defaultmismatch ",
	"more: flagref/envset/envset.go:7:12 unknownflag ",
}

// limitRow is a row of the table in docs/integrations.md.
var limitRow = regexp.MustCompile(`(?m)^\| \[([a-z-]+)\]\(rules/[a-z-]+\.md\) \| (nothing|part) \| .+ \|$`)

// limits reads the table: rules by the analyzer's name.
func limits(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "integrations.md"))
	require.NoError(t, err)
	out := map[string]string{}
	for _, m := range limitRow.FindAllStringSubmatch(string(data), -1) {
		r := analyzer.Lookup(m[1])
		require.NotNil(t, r, m[1])
		out[r.AnalyzerName()] = m[2]
	}
	require.NotEmpty(t, out)
	return out
}

// compare holds what a driver that sees one package at a time found in a place
// against the command.
func (p *parity) compare(t *testing.T, place corpus.Place, got []string) {
	t.Helper()
	slices.Sort(got)
	got = slices.Compact(got) // a package and its variant for tests
	want := p.found[place.Dir]
	var differ, expected []string
	limit := limits(t)
	for _, l := range want {
		if rule := strings.Fields(l)[1]; limit[rule] == "nothing" {
			expected = append(expected, "missing: "+l)
		}
		if !slices.Contains(got, l) {
			differ = append(differ, "missing: "+l)
		}
	}
	for _, l := range got {
		if !slices.Contains(want, l) {
			differ = append(differ, "more: "+l)
		}
	}
	for _, prefix := range partly {
		_, of, _ := strings.Cut(prefix, ": ")
		require.Equal(t, "part", limit[strings.Fields(prefix)[2]], "docs/integrations.md does not say that %s is partly shown", prefix)
		if strings.HasPrefix(of, place.Dir+"/") {
			i := slices.IndexFunc(differ, func(d string) bool { return strings.HasPrefix(d, prefix) })
			if assert.GreaterOrEqual(t, i, 0, "no difference any more: %s", prefix) {
				expected = append(expected, differ[i])
			}
		}
	}
	assert.ElementsMatch(t, expected, differ)
}

// mended matches what diagnostics say behind a message: the row and the command.
var mended = regexp.MustCompile(` \((?:[^()]*\.yaml:\d+:\d+; )?(?:flaglint [^()]*|[^()]*)\)$`)

// command runs a command with the tests' environment, and returns its standard
// output; findings may make it fail.
func (p *parity) command(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(parityEnv(), "GOLANGCI_LINT_CACHE="+p.cache)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != 1) {
		require.NoError(t, err, "%s %v: %s", name, args, stderr.String())
	}
	return stdout.Bytes()
}

// vet runs go vet with the command as its tool in a module, and returns what it
// finds by place.
func (p *parity) vet(t *testing.T, m corpus.Module, tool string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	out := p.command(t, p.at(m.Name), "go", "vet", "-vettool="+tool, "-json", "-now="+corpus.Today, "./...")
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var packages map[string]map[string][]struct{ Posn, Message string }
		require.NoError(t, dec.Decode(&packages))
		for _, analyzers := range packages {
			for name, list := range analyzers {
				for _, d := range list {
					posn := strings.TrimPrefix(filepath.ToSlash(d.Posn), filepath.ToSlash(p.dir)+"/")
					at := m.PlaceOf(posn)
					found[at] = append(found[at], posn+" "+name+" "+mended.ReplaceAllString(d.Message, ""))
				}
			}
		}
	}
	return found
}

// bazel runs package nogo in the places of a module, each with its configuration and
// its registry embedded.
func (p *parity) bazel(t *testing.T, m corpus.Module) {
	t.Helper()
	patterns := append([]string{"./..."}, m.StubPatterns()...) // the stubs too, for their facts
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax | packages.NeedModule, Dir: p.at(m.Name), Env: parityEnv(), Tests: true,
	}, patterns...)
	require.NoError(t, err)
	for _, q := range pkgs {
		require.Empty(t, q.Errors, q.ID)
	}
	for _, place := range m.Places {
		var mine []*packages.Package
		for _, q := range pkgs {
			if q.Module == nil || strings.HasSuffix(q.ID, ".test") {
				continue
			}
			if q.Module.Path != m.Name || m.PlaceOf(m.Name+"/"+strings.TrimPrefix(strings.TrimPrefix(q.PkgPath, m.Name), "/")+"/") == place.Dir {
				mine = append(mine, q)
			}
		}
		o := nogo.Options{Today: corpus.Today, NextVersion: corpus.NextVersion}
		o.Config = nogo.File{Name: ".flaglint.yaml", Data: p.read(t, place, ".flaglint.yaml")}
		if data := p.read(t, place, "flags.yaml"); data != nil {
			o.Registries = []nogo.File{{Name: "flags.yaml", Data: data}}
		}
		found, err := nogotest.Run(t, nogo.New(o), mine)
		require.NoError(t, err)
		var got []string
		for _, f := range found {
			rule, message, _ := strings.Cut(f.Message, ": ")
			f.Message = mended.ReplaceAllString(message, "")
			if strings.HasPrefix(f.File, p.at(place.Dir)) {
				got = append(got, p.line(f, strings.ReplaceAll(rule, "-", "")))
			}
		}
		p.compare(t, place, got)
	}
}

func (p *parity) read(t *testing.T, place corpus.Place, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.at(place.Dir), name))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return data
}

// golangci runs golangci-lint in a place.
func (p *parity) golangci(t *testing.T, place corpus.Place, bin string) {
	t.Helper()
	at := p.at(place.Dir)
	// What golangci-lint leaves out on its own is no difference.
	conf := "version: \"2\"\nlinters:\n  default: none\n  enable: [flaglint]\n  exclusions: {generated: disable}\n" +
		"  settings: {custom: {flaglint: {type: module, settings: {today: " + corpus.Today + "}}}}\n" +
		"issues: {max-same-issues: 0, max-issues-per-linter: 0, uniq-by-line: false}\n"
	require.NoError(t, os.WriteFile(filepath.Join(at, ".golangci.yml"), []byte(conf), 0o644))
	out := p.command(t, at, bin, "run", "--allow-parallel-runners", "--show-stats=false", "--output.json.path=stdout", "./...")
	var report struct {
		Issues []struct {
			Text string
			Pos  struct {
				Filename     string
				Line, Column int
			}
		}
	}
	require.NoError(t, json.Unmarshal(out, &report), string(out))
	var got []string
	for _, i := range report.Issues {
		name, message, _ := strings.Cut(i.Text, ": ")
		f := corpus.Found{File: filepath.Join(at, i.Pos.Filename), Line: i.Pos.Line, Column: i.Pos.Column, Message: mended.ReplaceAllString(message, "")}
		got = append(got, p.line(f, name))
	}
	p.compare(t, place, got)
}

// TestDriversAgree fails on what one driver tells and another does not, beyond the
// table of docs/integrations.md.
func TestDriversAgree(t *testing.T) {
	t.Parallel()
	p := newParity(t)
	for _, r := range analyzer.Rules() {
		assert.Contains(t, strings.Join(slices.Concat(p.found["rules/"+r.Name+"/bad"]), "\n"), " "+r.AnalyzerName()+" ", "the example of %s shows nothing", r.Name)
	}
	t.Run("go vet", func(t *testing.T) {
		tool, err := os.Executable()
		require.NoError(t, err)
		link := filepath.Join(t.TempDir(), "flaglint")
		require.NoError(t, os.Symlink(tool, link)) // testscript runs the command under this name
		for _, m := range p.modules {
			t.Run(m.Name, func(t *testing.T) {
				if !m.Stubs && os.Getenv(everything) == "" {
					t.Skipf("go vet looks at all that %s requires, which takes minutes (run .ci/drivers)", m.Name)
				}
				found := p.vet(t, m, link)
				for _, place := range m.Places {
					p.compare(t, place, found[place.Dir])
				}
			})
		}
	})
	t.Run("nogo", func(t *testing.T) {
		for _, m := range p.modules {
			t.Run(m.Name, func(t *testing.T) { p.bazel(t, m) })
		}
	})
	t.Run("language server", func(t *testing.T) {
		var all []corpus.Place
		for _, m := range p.modules {
			all = append(all, m.Places...)
		}
		for places := range slices.Chunk(all, 16) { // a server keeps all programs in memory
			t.Run(places[0].Dir, func(t *testing.T) { p.lsp(t, places) })
		}
	})
	t.Run("golangci-lint", func(t *testing.T) {
		bin := os.Getenv("FLAGLINT_GOLANGCI")
		if bin == "" {
			t.Skip("the real golangci-lint is not run (.ci/golangci builds it and sets FLAGLINT_GOLANGCI)")
		}
		for _, m := range p.modules {
			for _, place := range m.Places {
				t.Run(place.Dir, func(t *testing.T) {
					if !m.Stubs && os.Getenv(everything) == "" {
						t.Skipf("golangci-lint looks at all that %s requires, which takes minutes (run .ci/drivers)", m.Name)
					}
					p.golangci(t, place, bin)
				})
			}
		}
	})
}
