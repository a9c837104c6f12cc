// Package nogotest runs an analyzer as Bazel's nogo does: packages one by one,
// dependencies first, with nothing in the pass but syntax and types, and facts
// through bytes, by the names that export data gives to objects.
package nogotest

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/flaghygiene/flaglint/internal/corpus"
)

// Run returns what the analyzer reports in the packages that have syntax, and the
// first error that it returns.
func Run(tb testing.TB, a *analysis.Analyzer, pkgs []*packages.Package) ([]corpus.Found, error) {
	tb.Helper()
	if err := analysis.Validate([]*analysis.Analyzer{a}); err != nil {
		tb.Fatal(err)
	}
	d := &driver{tb: tb, analyzer: a, facts: map[string][]byte{}, ids: map[*types.Package]string{}, named: map[string]map[objectpath.Path]bool{}}
	var first error
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		d.ids[p.Types] = p.ID
		if len(p.Syntax) > 0 && first == nil {
			first = d.run(p)
		}
	})
	return d.found, first
}

type driver struct {
	tb       testing.TB
	analyzer *analysis.Analyzer
	facts    map[string][]byte         // by object or package, and type
	ids      map[*types.Package]string // a package and its variant for tests have one path
	named    map[string]map[objectpath.Path]bool
	found    []corpus.Found
}

func (d *driver) put(id string, f analysis.Fact) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(f); err != nil {
		d.tb.Fatal(err)
	}
	d.facts[id+" "+reflect.TypeOf(f).String()] = b.Bytes()
}

func (d *driver) get(id string, f analysis.Fact) bool {
	data, ok := d.facts[id+" "+reflect.TypeOf(f).String()]
	if ok {
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(f); err != nil {
			d.tb.Fatal(err)
		}
	}
	return ok
}

// object names an object. One that export data does not name is known in its own
// package only.
func (d *driver) object(in *types.Package, o types.Object) (string, bool) {
	if path, err := objectpath.For(o); err == nil && o.Pkg() != nil {
		if d.named[d.ids[o.Pkg()]] == nil {
			d.named[d.ids[o.Pkg()]] = map[objectpath.Path]bool{}
		}
		d.named[d.ids[o.Pkg()]][path] = true
		return d.ids[o.Pkg()] + "." + string(path), true
	}
	return fmt.Sprintf("%p", o), o.Pkg() == in
}

// objectFacts lists the facts of what a package and those that it imports name.
func (d *driver) objectFacts(in *types.Package) (out []analysis.ObjectFact) {
	seen := map[*types.Package]bool{}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, q := range p.Imports() {
			visit(q)
		}
		for _, path := range slices.Sorted(maps.Keys(d.named[d.ids[p]])) {
			o, err := objectpath.Object(p, path)
			if err != nil {
				continue
			}
			for _, t := range d.analyzer.FactTypes {
				if f := reflect.New(reflect.TypeOf(t).Elem()).Interface().(analysis.Fact); d.get(d.ids[p]+"."+string(path), f) {
					out = append(out, analysis.ObjectFact{Object: o, Fact: f})
				}
			}
		}
	}
	visit(in)
	return out
}

func (d *driver) run(p *packages.Package) error {
	pass := &analysis.Pass{
		Analyzer: d.analyzer, Fset: p.Fset, Files: p.Syntax, Pkg: p.Types, TypesInfo: p.TypesInfo, TypesSizes: p.TypesSizes,
		ResultOf: map[*analysis.Analyzer]any{},
		Report: func(x analysis.Diagnostic) {
			pos := p.Fset.Position(x.Pos)
			d.found = append(d.found, corpus.Found{File: pos.Filename, Line: pos.Line, Column: pos.Column, Message: x.Message})
		},
		ExportObjectFact: func(o types.Object, f analysis.Fact) {
			id, _ := d.object(p.Types, o)
			d.put(id, f)
		},
		ImportObjectFact: func(o types.Object, f analysis.Fact) bool {
			id, ok := d.object(p.Types, o)
			return ok && d.get(id, f)
		},
		ExportPackageFact: func(f analysis.Fact) { d.put(p.ID, f) },
		ImportPackageFact: func(q *types.Package, f analysis.Fact) bool { return d.get(d.ids[q], f) },
		AllObjectFacts:    func() []analysis.ObjectFact { return d.objectFacts(p.Types) },
		AllPackageFacts: func() (out []analysis.PackageFact) {
			for _, q := range append(p.Types.Imports(), p.Types) {
				for _, t := range d.analyzer.FactTypes {
					if f := reflect.New(reflect.TypeOf(t).Elem()).Interface().(analysis.Fact); d.get(d.ids[q], f) {
						out = append(out, analysis.PackageFact{Package: q, Fact: f})
					}
				}
			}
			return out
		},
	}
	_, err := d.analyzer.Run(pass)
	return err
}
