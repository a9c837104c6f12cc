package lsp

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

// snapshot is what is known of a view at one time. It does not change.
type snapshot struct {
	paths    report.Paths // names of registries are relative to the view's directory
	settings *settings.Settings
	flags    map[string]report.Flag
	findings map[string][]analyzer.Finding // by file
	uses     map[string][]use              // by file
	packages []*load.Package
	known    map[string]bool // the Go files of the program
	texts    texts
}

// use is a reference and the bytes that it is told at.
type use struct {
	key  string
	kind flagref.RefKind
	test bool
	// at is what names the flag: its key, or else the whole reference.
	file       string
	start, end int
	// call: function and index of the argument that is the key; an index of -1: the
	// key is no argument.
	ref      *flagref.Reference
	argument int
}

// texts are the texts that positions refer to.
type texts struct {
	sources map[string][]byte
	split   *sync.Map // name to *text
}

func newTexts(sources map[string][]byte) texts { return texts{sources, &sync.Map{}} }

// get returns the text of a file: as it was analysed, or else as on disk.
func (t texts) get(name string) *text {
	if have, ok := t.split.Load(name); ok {
		return have.(*text)
	}
	data, ok := t.sources[name]
	if !ok {
		data, _ = os.ReadFile(name) // what is gone has no text
	}
	split := newText(data)
	t.split.Store(name, split)
	return split
}

// capture takes the snapshot of what the worker knows.
func (w *worker) capture(findings []analyzer.Finding) *snapshot {
	prog := w.prog.Loaded()
	packages := w.prog.Packages()
	s := &snapshot{
		paths: report.Paths{Dir: w.dir}, settings: w.set, flags: map[string]report.Flag{},
		findings: map[string][]analyzer.Finding{}, uses: map[string][]use{},
		packages: slices.Clone(prog.Packages), known: map[string]bool{},
		texts: newTexts(maps.Clone(prog.Sources)),
	}
	maps.Copy(s.texts.sources, w.texts)
	for name := range prog.Sources {
		s.known[name] = true
	}
	for _, f := range report.NewInventory(w.set.Registry, packages).Flags {
		s.flags[f.Key] = f
	}
	for _, f := range findings {
		name := s.paths.Abs(f.Pos.Filename)
		s.findings[name] = append(s.findings[name], f)
	}
	type id struct {
		file       string
		start, end int
		key        string
		kind       flagref.RefKind
	}
	seen := map[id]bool{}
	for _, pkg := range packages {
		for _, ref := range pkg.Refs.References {
			u := newUse(pkg.Fset, ref)
			if k := (id{u.file, u.start, u.end, u.key, u.kind}); !seen[k] {
				seen[k] = true
				s.uses[u.file] = append(s.uses[u.file], u)
			}
		}
	}
	return s
}

func newUse(fset *token.FileSet, ref *flagref.Reference) use {
	u := use{key: ref.Key, kind: ref.Kind, test: ref.Test, ref: ref, argument: -1}
	var at ast.Node = ref.Node
	if ref.KeyNode != nil {
		at = ref.KeyNode
	}
	if call, ok := ref.Node.(*ast.CallExpr); ok && ref.KeyNode != nil {
		u.argument = slices.IndexFunc(call.Args, func(arg ast.Expr) bool {
			return arg.Pos() <= ref.KeyNode.Pos() && ref.KeyNode.End() <= arg.End()
		})
	} else if ok {
		at = call.Fun // what the call does is not about the flag
	}
	start, end := fset.PositionFor(at.Pos(), false), fset.PositionFor(at.End(), false)
	u.file, u.start, u.end = start.Filename, start.Offset, end.Offset
	return u
}

// find returns the uses at a byte of a file, the smallest first, and of the called
// function where the byte is in its name.
func (s *snapshot) find(name string, offset int) []use {
	var out []use
	for _, u := range s.uses[name] {
		if u.key != "" && u.start <= offset && offset <= u.end {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b use) int { return (a.end - a.start) - (b.end - b.start) })
	return out
}

// row returns the registry's row of a flag and its file, nil if code alone knows it.
func (s *snapshot) row(key string) (*registry.Flag, string) {
	f, ok := s.flags[key]
	if !ok || f.Row == nil || f.Row.Source.File == "" {
		return nil, ""
	}
	return f.Row, s.paths.Abs(f.Row.Source.File)
}

// rowAt returns the flag whose row holds a line of a registry, nil if none does.
// Lines are 1-based.
func (s *snapshot) rowAt(name string, line int) *registry.Flag {
	if s.settings.Registry == nil {
		return nil
	}
	var best *registry.Flag
	for _, f := range s.settings.Registry.Flags() {
		for _, row := range append([]*registry.Flag{f}, f.Also...) {
			if s.paths.Abs(row.Source.File) == name && row.Source.Line <= line && (best == nil || best.Source.Line < row.Source.Line) {
				best = row
			}
		}
	}
	return best
}
