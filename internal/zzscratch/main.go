package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

func must(err error) {
	if err != nil {
		fmt.Println("ERR", err)
		os.Exit(2)
	}
}

func main() {
	t0 := time.Now()
	lap := func(s string) { fmt.Fprintln(os.Stderr, s, time.Since(t0).Round(time.Millisecond)) }
	kv, pats := os.Args[1], os.Args[2:]
	dir, _ := os.Getwd()
	p, err := load.Load(context.Background(), load.Options{Dir: dir, Tests: true, Env: os.Environ(), Patterns: pats})
	must(err)
	lap("load")
	for i, e := range p.Errors {
		if i < 5 {
			fmt.Fprintln(os.Stderr, "load error:", e)
		}
	}
	specs, err := provider.Builtin()
	must(err)
	if f := os.Getenv("PROVIDERS"); f != "" {
		b, err := os.ReadFile(f)
		must(err)
		more, err := provider.Decode(f, b)
		must(err)
		specs = append(specs, more...)
	}
	set, err := provider.NewSet(specs)
	must(err)
	key, val, _ := strings.Cut(kv, "=")
	an := flagref.NewAnalyzer(flagref.Config{Specs: set, Known: func(k string) bool { return k == key }})
	graph, err := checker.Analyze([]*analysis.Analyzer{an}, p.Analyzable(), nil)
	must(err)
	refs := map[*packages.Package]*flagref.Result{}
	for a := range graph.All() {
		if a.Analyzer == an && a.Err == nil {
			refs[a.Package] = a.Result.(*flagref.Result)
		} else if a.Err != nil {
			fmt.Fprintln(os.Stderr, "analysis", a.Package.ID, a.Err)
		}
	}
	lap("refs")
	v, err := registry.ParseValue(registry.TypeUnknown, val)
	must(err)
	prog := p.Removal(refs)
	seen := map[string]bool{}
	for _, pkg := range prog.Packages {
		for _, r := range pkg.Refs.References {
			if r.Key == key {
				s := fmt.Sprintf("%s %s %T exact=%v", prog.Fset.Position(r.Node.Pos()), r.Kind, r.Node, r.Shape.Exact)
				if !seen[s] {
					seen[s] = true
					fmt.Fprintln(os.Stderr, s)
				}
			}
		}
	}
	plan, err := removal.New(prog, []removal.Target{{Key: key, Value: v}}, removal.Options{KeepDeclaration: os.Getenv("KEEP") != "", Unsafe: os.Getenv("UNSAFE") != ""})
	must(err)
	lap("plan")
	for _, r := range plan.Residue {
		fmt.Fprintln(os.Stderr, "RESIDUE", r.Pos, r.Reason, r.Message)
	}
	for _, r := range plan.Notes {
		fmt.Fprintln(os.Stderr, "NOTE", r.Pos, r.Reason, r.Message)
	}
	for _, r := range plan.Removed {
		fmt.Fprintln(os.Stderr, "REMOVED", r.Kind, r.Name)
	}
	for _, f := range plan.Files {
		if f.After == nil {
			must(os.Remove(f.Name))
		} else {
			must(os.WriteFile(f.Name, f.After, 0o644))
		}
	}
	lap("done")
}
