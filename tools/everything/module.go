package main

import (
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

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

type options struct {
	dir, config   string
	patterns, env []string
	recheck, keep bool
	max           int
	limit         time.Duration
}

// module is what is removed from.
type module struct {
	prog *load.Program
	refs map[*packages.Package]*flagref.Result
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
	m := &module{refs: map[*packages.Package]*flagref.Result{}, before: map[string]bool{}}
	if m.prog, err = load.Load(ctx, c.load(specs, nil)); err != nil {
		return nil, err
	}
	var pkgs []*packages.Package
	for _, p := range m.prog.Packages {
		if p.Sound() && p.Main {
			pkgs = append(pkgs, p.Package)
		}
	}
	a := flagref.NewAnalyzer(flagref.Config{Specs: set})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	for act := range graph.All() {
		if act.Analyzer == a && act.Err == nil {
			m.refs[act.Package] = act.Result.(*flagref.Result)
		}
	}
	for _, e := range m.prog.Errors {
		m.before[message(e)] = true
	}
	return m, nil
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
		if err := m.recheck(ctx, c, overlay); err != nil {
			o.kind, o.detail = "type error", err.Error()
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
// that were not there before.
func (m *module) recheck(ctx context.Context, c options, overlay map[string][]byte) error {
	after, err := load.Load(ctx, c.load(nil, overlay))
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range after.Errors {
		if !m.before[message(e)] {
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}
