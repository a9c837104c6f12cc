package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/analyzer"
)

// The drivers are held against each other on the bad example of every rule, each
// in a folder of one module with a configuration of its own. What is found is
// compared as "file:line:column analyzer message".

// parityDay is what today is in the corpus.
const parityDay = "2026-06-01"

// parityModule writes the module, and returns its directory and folders.
func parityModule(t *testing.T) (dir string, folders []string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	src, err := filepath.Abs(filepath.Join("..", "..", "testdata", "src"))
	require.NoError(t, err)
	sdk := filepath.Join(dir, "sdk")
	require.NoError(t, os.CopyFS(sdk, os.DirFS(filepath.Join(src, "github.com", "open-feature", "go-sdk"))))
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644))
	}
	write("sdk/go.mod", "module github.com/open-feature/go-sdk\n\ngo 1.26\n")
	write("go.mod", "module rules\n\ngo 1.26\n\nrequire github.com/open-feature/go-sdk v1.20.0\n\nreplace github.com/open-feature/go-sdk => ./sdk\n")
	for _, r := range analyzer.Rules() {
		from, to := filepath.Join(src, "rules", r.Name), filepath.Join(dir, r.Name)
		require.NoError(t, os.CopyFS(to, os.DirFS(filepath.Join(from, "bad"))))
		conf := "version: 1\n"
		if _, err := os.Stat(filepath.Join(to, "flags.yaml")); err != nil {
			if data, err := os.ReadFile(filepath.Join(from, "flags.yaml")); err == nil {
				write(r.Name+"/flags.yaml", string(data))
			}
		}
		if _, err := os.Stat(filepath.Join(to, "flags.yaml")); err == nil {
			conf += "registry: [flags.yaml]\n"
		}
		conf += "rules:\n  " + r.Name + ":\n    severity: " + r.Severity.String() + "\n"
		if options, err := os.ReadFile(filepath.Join(from, "rules.yaml")); err == nil {
			var values map[string]any
			require.NoError(t, yaml.Unmarshal(options, &values))
			for _, name := range slices.Sorted(maps.Keys(values)) {
				value, err := json.Marshal(values[name])
				require.NoError(t, err)
				conf += "    " + name + ": " + string(value) + "\n"
			}
		}
		write(r.Name+"/.flaglint.yaml", conf)
		folders = append(folders, r.Name)
	}
	return dir, folders
}

// goCommand runs a command with the tests' environment, and returns its standard
// output; findings may make it fail.
func goCommand(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local",
		"GOLANGCI_LINT_CACHE="+filepath.Join(filepath.Dir(dir), "golangci"))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != 1) {
		require.NoError(t, err, "%s %v: %s", name, args, stderr.String())
	}
	return stdout.Bytes()
}

// mended matches what diagnostics say behind a message: the row and the command.
var mended = regexp.MustCompile(` \((?:[^()]*\.yaml:\d+:\d+; )?(?:flaglint [^()]*|[^()]*)\)$`)

func found(file string, line, column int, rule, message string) string {
	return fmt.Sprintf("%s:%d:%d %s %s", filepath.ToSlash(file), line, column, rule, message)
}

// single reports whether one package shows all that a rule finds, so that every
// driver must tell the same.
func single(name string) bool {
	r := analyzer.Lookup(name)
	return r != nil && !r.WholeProgram
}

// checkFindings is what the command finds, each folder under its configuration.
func checkFindings(t *testing.T, dir string, folders []string) (all, comparable []string) {
	t.Helper()
	for _, folder := range folders {
		var out, errs bytes.Buffer
		at := filepath.Join(dir, folder)
		code := run(t.Context(), []string{"check", "-C", at, "--format", "json", "--now", parityDay, "--path-prefix", folder}, world{
			stdout: &out, stderr: &errs, now: time.Now(),
			env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"),
		})
		require.Less(t, code, exitError, "%s: %s", folder, &errs)
		var got struct {
			Findings []struct {
				Rule, Message, File string
				Line, Column        int
			}
		}
		require.NoError(t, json.Unmarshal(out.Bytes(), &got))
		for _, f := range got.Findings {
			line := found(f.File, f.Line, f.Column, strings.ReplaceAll(f.Rule, "-", ""), f.Message)
			all = append(all, line)
			if single(f.Rule) {
				comparable = append(comparable, line)
			}
		}
	}
	slices.Sort(comparable)
	return all, comparable
}

// compareDrivers fails on what one of them tells and the other does not.
func compareDrivers(t *testing.T, all, want, got []string) {
	t.Helper()
	require.NotEmpty(t, want)
	names := map[string]string{}
	for _, r := range analyzer.Rules() {
		names[r.AnalyzerName()] = r.Name
	}
	var comparable []string
	for _, line := range got {
		if f := strings.SplitN(line, " ", 3); single(names[f[1]]) {
			comparable = append(comparable, line)
		} else {
			assert.Contains(t, all, line, "only the command sees the whole program")
		}
	}
	slices.Sort(comparable)
	assert.Equal(t, want, comparable)
}

// TestDriversAgree holds go vet, the language server, and golangci-lint where it is
// asked for, against the command.
func TestDriversAgree(t *testing.T) {
	t.Parallel()
	dir, folders := parityModule(t)
	all, want := checkFindings(t, dir, folders)
	for _, r := range analyzer.Rules() {
		if single(r.Name) {
			assert.Contains(t, strings.Join(want, "\n"), " "+r.AnalyzerName()+" ", "the example of %s shows nothing", r.Name)
		}
	}

	t.Run("go vet", func(t *testing.T) {
		tool, err := os.Executable()
		require.NoError(t, err)
		link := filepath.Join(t.TempDir(), "flaglint")
		require.NoError(t, os.Symlink(tool, link)) // testscript runs the command under this name
		out := goCommand(t, dir, "go", "vet", "-vettool="+link, "-json", "-now="+parityDay, "./...")
		var got []string
		for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
			var packages map[string]map[string][]struct{ Posn, Message string }
			require.NoError(t, dec.Decode(&packages))
			for _, analyzers := range packages {
				for name, list := range analyzers {
					for _, d := range list {
						got = append(got, strings.TrimPrefix(filepath.ToSlash(d.Posn), filepath.ToSlash(dir)+"/")+" "+name+" "+mended.ReplaceAllString(d.Message, ""))
					}
				}
			}
		}
		compareDrivers(t, all, want, got)
	})

	t.Run("language server", func(t *testing.T) { testLSPAgrees(t, dir, folders, all) })

	t.Run("golangci-lint", func(t *testing.T) {
		bin := os.Getenv("FLAGLINT_GOLANGCI")
		if bin == "" {
			t.Skip("the real golangci-lint is not run (.ci/golangci builds it and sets FLAGLINT_GOLANGCI)")
		}
		var got []string
		for _, folder := range folders {
			at := filepath.Join(dir, folder)
			conf := "version: \"2\"\nlinters:\n  default: none\n  enable: [flaglint]\n" +
				"  settings: {custom: {flaglint: {type: module, settings: {today: " + parityDay + "}}}}\n" +
				"issues: {max-same-issues: 0, max-issues-per-linter: 0, uniq-by-line: false}\n"
			require.NoError(t, os.WriteFile(filepath.Join(at, ".golangci.yml"), []byte(conf), 0o644))
			out := goCommand(t, at, bin, "run", "--allow-parallel-runners", "--show-stats=false", "--output.json.path=stdout", "./...")
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
			for _, i := range report.Issues {
				name, message, _ := strings.Cut(i.Text, ": ")
				got = append(got, found(folder+"/"+i.Pos.Filename, i.Pos.Line, i.Pos.Column, name, mended.ReplaceAllString(message, "")))
			}
		}
		compareDrivers(t, all, want, got)
	})
}
