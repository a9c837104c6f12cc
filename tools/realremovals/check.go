package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// check builds and vets the touched packages, and runs their tests. What fails
// is tried on the files before the removal too: only what passed there counts.
func (o options) check(ctx context.Context, dir string, touched map[string]bool, before, after map[string][]byte, r *report) {
	modules := map[string][]string{}
	for d := range touched {
		m := d
		for m != "." && !exists(filepath.Join(dir, m, "go.mod")) {
			m = path.Dir(m)
		}
		if hasGo(filepath.Join(dir, d)) {
			rel, err := filepath.Rel(filepath.FromSlash(m), filepath.FromSlash(d))
			if err == nil {
				modules[m] = append(modules[m], "./"+filepath.ToSlash(rel))
			}
		}
	}
	old := func(do func()) {
		swap(dir, after, before)
		do()
		swap(dir, before, after)
	}
	count := 0
	var broken []string
	for _, m := range slices.Sorted(maps.Keys(modules)) {
		slices.Sort(modules[m])
		count += len(modules[m])
		args := append([]string{"vet"}, modules[m]...)
		failed := failures(o.goCommand(ctx, filepath.Join(dir, m), args...))
		if len(failed) > 0 {
			old(func() {
				for l := range failures(o.goCommand(ctx, filepath.Join(dir, m), args...)) {
					delete(failed, l)
				}
			})
		}
		broken = append(broken, slices.Sorted(maps.Keys(failed))...)
	}
	r.checks = fmt.Sprintf("%d packages ok", count)
	if len(broken) > 0 {
		r.checks = "FAILS: " + broken[0]
		o.note(r, "vet", strings.Join(broken, "\n"))
	}
	if !o.tests && !r.c.Tests {
		return
	}
	var failing []string
	for _, m := range slices.Sorted(maps.Keys(modules)) {
		args := append([]string{"test", "-short", "-timeout=10m"}, modules[m]...)
		failed := failedTests(o.goCommand(ctx, filepath.Join(dir, m), args...))
		if len(failed) > 0 {
			old(func() {
				for l := range failedTests(o.goCommand(ctx, filepath.Join(dir, m), args...)) {
					delete(failed, l)
				}
			})
		}
		failing = append(failing, slices.Sorted(maps.Keys(failed))...)
	}
	r.testing = "pass"
	if len(failing) > 0 {
		r.testing = fmt.Sprintf("%d FAIL: %s", len(failing), failing[0])
		o.note(r, "tests", strings.Join(failing, "\n"))
	}
}

func (o options) note(r *report, what, text string) {
	if o.out == "" {
		return
	}
	_ = os.WriteFile(filepath.Join(o.out, r.c.ID+"."+what), []byte(text+"\n"), 0o644) // the table has the first line
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func hasGo(dir string) bool {
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	return len(names) > 0
}

// swap makes files that are as in from as they are in to.
func swap(dir string, from, to map[string][]byte) {
	names := maps.Clone(from)
	maps.Copy(names, to)
	for n := range names {
		if bytes.Equal(from[n], to[n]) {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(n))
		if to[n] == nil {
			os.Remove(file)
		} else {
			_ = write(file, "100644", to[n]) // what could not be written fails to build, and is told
		}
	}
}

// goCommand runs the go command in the first environment in which it can load
// the packages, and returns what it printed.
func (o options) goCommand(ctx context.Context, dir string, args ...string) string {
	var out []byte
	for _, env := range environments {
		limit, cancel := context.WithTimeout(ctx, o.limit)
		cmd := exec.CommandContext(limit, "go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), env...)
		var err error
		out, err = cmd.CombinedOutput()
		cancel()
		if err == nil {
			return ""
		}
		if !environmental(string(out)) {
			break
		}
	}
	return string(out) + "\n"
}

var places = regexp.MustCompile(`:\d+(:\d+)?`)

// failures are the messages of a failed vet, without the numbers of lines.
func failures(out string) map[string]bool {
	all := map[string]bool{}
	for l := range strings.Lines(out) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") && !strings.HasPrefix(l, "go: downloading") {
			all[places.ReplaceAllString(l, "")] = true
		}
	}
	return all
}

var failLine = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)|^FAIL\s+(\S+)`)

// failedTests are the tests and packages that failed.
func failedTests(out string) map[string]bool {
	all := map[string]bool{}
	for _, m := range failLine.FindAllStringSubmatch(out, -1) {
		all[m[1]+m[2]] = true
	}
	return all
}
