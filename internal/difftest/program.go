package difftest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/txtar"
)

// ModulePath is the path of every generated module; its root is package main.
const ModulePath = "example.com/m"

// Runs is how often a program is run, with other inputs and other values of
// the flags that stay.
const Runs = 4

// Program is a generated program and the removal to try on it.
type Program struct {
	Seed  uint64
	Key   string         // the flag to remove
	Value registry.Value // what it is served as
	Files map[string]string
	// Served holds, by key, the values of every flag in each run, as text.
	Served map[string][]string
	// Features counts the constructs in the text, by name.
	Features map[string]int
}

// Names returns the names of the files, sorted.
func (p *Program) Names() []string { return slices.Sorted(maps.Keys(p.Files)) }

// With returns a copy of the program with other files.
func (p *Program) With(files map[string]string) *Program {
	q := *p
	q.Files = files
	return &q
}

// Parse reads a program that Format wrote; files under after/ are left out.
func Parse(data []byte) (*Program, error) {
	a := txtar.Parse(data)
	p := &Program{Files: map[string]string{}, Served: map[string][]string{}}
	for line := range strings.Lines(string(a.Comment)) {
		line = strings.TrimSuffix(line, "\n")
		if _, target, ok := strings.Cut(line, "remove "); ok {
			key, value, ok := strings.Cut(target, "=")
			v, err := registry.ParseValue(registry.TypeUnknown, value)
			if ok && err == nil {
				p.Key, p.Value = key, v
			}
		}
		if rest, ok := strings.CutPrefix(line, "served "); ok {
			key, values, _ := strings.Cut(rest, ": ")
			p.Served[key] = strings.Split(values, " ")
		}
	}
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "after/") {
			p.Files[f.Name] = string(f.Data)
		}
	}
	if p.Key == "" || len(p.Files) == 0 {
		return nil, errors.New("no program (want a line \"remove KEY=VALUE\" and files)")
	}
	if p.Served[p.Key] == nil {
		p.Served[p.Key] = []string{p.Value.String()}
	}
	return p, nil
}

// Format returns the program as a txtar archive, whose comment is the given one.
func (p *Program) Format(comment string) []byte {
	a := &txtar.Archive{Comment: fmt.Appendf(nil, "%sseed %d: remove %s=%s\n", comment, p.Seed, p.Key, p.Value)}
	for _, key := range slices.Sorted(maps.Keys(p.Served)) {
		a.Comment = fmt.Appendf(a.Comment, "served %s: %s\n", key, strings.Join(p.Served[key], " "))
	}
	for _, name := range p.Names() {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(p.Files[name])})
	}
	return txtar.Format(a)
}
