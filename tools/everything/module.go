package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/constant"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

type options struct {
	dir, config   string
	patterns, env []string
	recheck, keep bool
	parts         bool
	max           int
	limit         time.Duration
}

// module is what is removed from.
type module struct {
	specs  []provider.Spec
	search *analysis.Analyzer
	prog   *load.Program
	refs   map[*packages.Package]*flagref.Result
	// finder works removals out from parts; nil where the module has errors.
	finder func() *reach.Finder
	// before are the type errors that stand without any removal, without their places.
	before map[string]bool
}

// candidate is a flag and the values to try.
type candidate struct {
	key    string
	values []registry.Value
}

// outcome is what became of one removal.
type outcome struct {
	kind, detail, residue string
	looked                string // packages that were looked into, of all
	files, lines          int
	took                  time.Duration
}

func loadModule(ctx context.Context, c options) (*module, error) {
	specs, err := provider.Builtin()
	if err != nil {
		return nil, err
	}
	if c.config != "" {
		data, err := os.ReadFile(c.config)
		if err != nil {
			return nil, err
		}
		cfg, err := config.Parse(c.config, data)
		if err != nil {
			return nil, err
		}
		specs = append(specs, cfg.Providers...)
	}
	set, err := provider.NewSet(specs)
	if err != nil {
		return nil, err
	}
	m := &module{specs: specs, before: map[string]bool{}}
	if m.prog, err = load.Load(ctx, c.load(specs, nil)); err != nil {
		return nil, err
	}
	m.search = flagref.NewAnalyzer(flagref.Config{Specs: set})
	if c.parts {
		if err := m.findParts(ctx, c); err != nil {
			return nil, err
		}
	}
	if m.refs == nil {
		if m.refs, err = references(m.search, m.prog); err != nil {
			return nil, err
		}
	}
	for _, e := range m.prog.Errors {
		m.before[message(e)] = true
	}
	return m, nil
}

// findParts finds the references as the command does, to work removals out from parts.
func (m *module) findParts(ctx context.Context, c options) error {
	opts := c.load(m.specs, nil)
	env, err := load.ReadEnvironment(ctx, opts)
	if err != nil {
		return err
	}
	listing, err := load.List(ctx, opts)
	if err != nil {
		return err
	}
	suite, err := analyzer.New(analyzer.Config{Specs: m.specs})
	if err != nil {
		return err
	}
	result, err := recall.Run(ctx, recall.Options{
		Listing: listing, Env: env, Suite: suite, RefsOnly: true, Store: recall.None(),
		Reading: func(func(string) ([]byte, error)) {}, Check: func(*load.Package) error { return nil },
	})
	if err != nil {
		return fmt.Errorf("-parts: %w", err)
	}
	m.search = suite.References() // which knows now what packages tell each other
	// What is held against parts is the same search over all packages: the driver of
	// go/analysis gives a package no facts of variables that it imports indirectly.
	if m.prog, err = listing.Narrow(result.ExportFile).Load(ctx, func(*load.Package) bool { return true }); err != nil {
		return err
	}
	if m.refs, err = result.Search(ctx, m.prog); err != nil {
		return err
	}
	m.finder = func() *reach.Finder { return reach.NewFinder(listing, result, nil) }
	return nil
}

// byParts works a removal out from parts and holds it against the plan from the whole.
func (m *module) byParts(ctx context.Context, whole *removal.Plan, opts removal.Options) (looked string, err error) {
	in, all := 0, 0
	plan, err := m.finder().Plan(ctx, whole.Targets, opts, func(i, a int) { in, all = i, a })
	looked = fmt.Sprintf("%d/%d", in, all)
	if err != nil {
		return looked, err
	}
	if name := differs(whole, plan); name != "" {
		return looked, fmt.Errorf("%s is another file when it is worked out from parts: of %v it changes %v", name, namesOf(whole), namesOf(plan))
	}
	for _, l := range [][2][]removal.Residue{{whole.Residue, plan.Residue}, {whole.Notes, plan.Notes}} {
		if a, b := fmt.Sprint(l[0]), fmt.Sprint(l[1]); a != b {
			return looked, fmt.Errorf("what is told differs: %s; from parts %s", a, b)
		}
	}
	return looked, nil
}

// namesOf are the files that a plan changes.
func namesOf(plan *removal.Plan) []string {
	var out []string
	for _, f := range plan.Files {
		out = append(out, f.Name)
	}
	return out
}

// references finds the flag references of a program's own packages.
func references(a *analysis.Analyzer, prog *load.Program) (map[*packages.Package]*flagref.Result, error) {
	var pkgs []*packages.Package
	for _, p := range prog.Packages {
		if p.Sound() && p.Main {
			pkgs = append(pkgs, p.Package)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	refs := map[*packages.Package]*flagref.Result{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, fmt.Errorf("%s: %w", act.Package.ID, act.Err)
		}
	}
	for act := range graph.All() {
		// There is none where an import has errors: it was not searched.
		if res, ok := act.Result.(*flagref.Result); ok && act.Analyzer == a {
			refs[act.Package] = res
		}
	}
	return refs, nil
}

func (c options) load(specs []provider.Spec, overlay map[string][]byte) load.Options {
	o := load.Options{Dir: c.dir, Patterns: c.patterns, Tests: true, Env: c.env, Overlay: overlay}
	for _, s := range specs {
		o.Through = append(o.Through, s.Modules...)
	}
	return o
}

var place = regexp.MustCompile(`:\d+:\d+`)

// message is an error without its place, which a removal moves.
func message(err error) string { return place.ReplaceAllString(err.Error(), "") }

// flags lists the flags that are referenced, with both values of a bool, the
// fallbacks of others, and a value that no code names.
func (m *module) flags() []candidate {
	values := map[string]map[string]registry.Value{}
	for _, p := range m.prog.Packages {
		res := m.refs[p.Package]
		if res == nil {
			continue
		}
		for _, r := range res.References {
			if r.Key == "" {
				continue
			}
			if values[r.Key] == nil {
				values[r.Key] = map[string]registry.Value{}
			}
			for _, v := range valuesOf(r) {
				values[r.Key][string(v.Type())+v.String()] = v
			}
		}
	}
	var out []candidate
	for _, key := range slices.Sorted(maps.Keys(values)) {
		c := candidate{key: key}
		for _, name := range slices.Sorted(maps.Keys(values[key])) {
			c.values = append(c.values, values[key][name])
		}
		out = append(out, c)
	}
	return out
}

func valuesOf(r *flagref.Reference) []registry.Value {
	var out []registry.Value
	switch r.Type {
	case registry.TypeBool:
		return []registry.Value{registry.Bool(false), registry.Bool(true)}
	case registry.TypeString:
		out = append(out, registry.String("a value of no branch"))
	case registry.TypeInt:
		out = append(out, registry.Int(0), registry.Int(7))
	case registry.TypeFloat:
		out = append(out, registry.Float(0.5))
	}
	if r.Default != nil {
		switch r.Default.Kind() {
		case constant.String:
			out = append(out, registry.String(constant.StringVal(r.Default)))
		case constant.Int:
			if n, ok := constant.Int64Val(r.Default); ok && r.Type == registry.TypeInt {
				out = append(out, registry.Int(n))
			}
		}
	}
	return out
}

// try removes one flag and judges the result.
func (m *module) try(ctx context.Context, c options, key string, v registry.Value) outcome {
	type answer struct {
		plan  *removal.Plan
		err   error
		stack string
	}
	start := time.Now()
	ch := make(chan answer, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				ch <- answer{stack: fmt.Sprintf("%v\n%s", r, debug.Stack())}
			}
		}()
		plan, err := removal.New(m.prog.Removal(m.refs), []removal.Target{{Key: key, Value: v}}, removal.Options{KeepDeclaration: c.keep})
		ch <- answer{plan: plan, err: err}
	}()
	var a answer
	select {
	case a = <-ch:
	case <-time.After(c.limit):
		return outcome{kind: "no answer", took: c.limit}
	}
	o := outcome{took: time.Since(start)}
	switch {
	case a.stack != "":
		o.kind, o.detail = "panic", a.stack
		fmt.Fprintln(os.Stderr, a.stack)
		return o
	case a.err != nil && a.err.Error() == "":
		o.kind = "refused without reason"
		return o
	case a.err != nil:
		o.kind, o.detail = "refused", a.err.Error()
		return o
	}
	o.files = len(a.plan.Files)
	if m.finder != nil {
		var err error
		if o.looked, err = m.byParts(ctx, a.plan, removal.Options{KeepDeclaration: c.keep}); err != nil {
			o.kind, o.detail = "parts differ", err.Error()
			return o
		}
	}
	reasons := map[string]int{}
	for _, r := range a.plan.Residue {
		reasons[r.Reason]++
		o.detail = cmp.Or(o.detail, fmt.Sprintf("%s:%d: %s", filepath.Base(r.Pos.Filename), r.Pos.Line, r.Message))
	}
	var parts []string
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		parts = append(parts, fmt.Sprintf("%s:%d", r, reasons[r]))
	}
	o.residue = cmp.Or(strings.Join(parts, ","), "-")
	o.kind = "done"
	switch {
	case len(reasons) > 0 && o.files == 0:
		o.kind = "left, reasoned"
	case len(reasons) > 0:
		o.kind = "done in part"
	case o.files == 0:
		o.kind = "nothing to do"
	}
	overlay := map[string][]byte{}
	for _, f := range a.plan.Files {
		o.lines += strings.Count(string(f.Before), "\n") - strings.Count(string(f.After), "\n")
		overlay[f.Name] = f.After
		if f.After == nil {
			overlay[f.Name] = m.empty(f.Name)
			continue
		}
		if _, err := format.Source(f.After); err != nil {
			o.kind, o.detail = "does not parse", fmt.Sprintf("%s: %v", f.Name, err)
			return o
		}
	}
	if c.recheck && o.files > 0 {
		if kind, err := m.recheck(ctx, c, overlay, a.plan); err != nil {
			o.kind, o.detail = kind, err.Error()
		}
	}
	return o
}

// empty is a file that declares nothing, which stands for a deleted one.
func (m *module) empty(name string) []byte {
	for _, p := range m.prog.Packages {
		for _, f := range p.Syntax {
			if m.prog.Fset.Position(f.FileStart).Filename == name {
				return []byte("package " + f.Name.Name + "\n")
			}
		}
	}
	return nil
}

// recheck loads the module with the files of a plan and tells the type errors
// that were not there before; and that the removal gives the same files when it is
// worked out once more, and changes nothing when it is done once more.
func (m *module) recheck(ctx context.Context, c options, overlay map[string][]byte, plan *removal.Plan) (string, error) {
	after, err := load.Load(ctx, c.load(m.specs, overlay))
	if err != nil {
		return "type error", err
	}
	var errs []error
	for _, e := range after.Errors {
		if !m.before[message(e)] {
			errs = append(errs, e)
		}
	}
	if len(errs) > 0 {
		return "type error", errors.Join(errs...)
	}
	opts := removal.Options{KeepDeclaration: c.keep}
	same, err := removal.New(m.prog.Removal(m.refs), plan.Targets, opts)
	if err != nil {
		return "other bytes", err
	}
	if name := differs(plan, same); name != "" {
		return "other bytes", fmt.Errorf("%s is another file when the removal is worked out again", name)
	}
	refs, err := references(m.search, after)
	if err != nil {
		return "changes again", err
	}
	again, err := removal.New(after.Removal(refs), plan.Targets, opts)
	switch {
	case err != nil && len(plan.Residue) == 0:
		return "changes again", err
	case err == nil && len(again.Files) > 0:
		return "changes again", fmt.Errorf("%s changes when the flag is removed once more", again.Files[0].Name)
	}
	return "", nil
}

// differs names a file that two plans change differently, if there is one.
func differs(a, b *removal.Plan) string {
	for i, f := range a.Files {
		if i >= len(b.Files) || b.Files[i].Name != f.Name || !bytes.Equal(b.Files[i].After, f.After) {
			return f.Name
		}
	}
	if len(b.Files) > len(a.Files) {
		return b.Files[len(a.Files)].Name
	}
	return ""
}
