package analyzer

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// flagSprawl finds functions that evaluate more than 5 flags, and packages that
// evaluate more than 30. Every flag doubles the ways through the code; beyond a
// handful nobody knows which of them were ever tried together.
var flagSprawl = Rule{
	Name:     "flag-sprawl",
	Title:    "a function or package evaluates many flags",
	Severity: SeverityInfo,
	Options: []Option{
		{Name: "function", Doc: "flags that one function may evaluate", Kind: OptionInt, Default: 5},
		{Name: "package", Doc: "flags that one package may evaluate", Kind: OptionInt, Default: 30},
	},
	check: checkFlagSprawl,
}

func checkFlagSprawl(p *pass) {
	all := map[string]bool{}
	byFunc := map[*ast.FuncDecl]map[string]bool{}
	for _, ref := range p.references(flagref.Evaluation) {
		if ref.Test || ref.Generated {
			continue
		}
		all[ref.Key] = true
		if ref.Func != nil {
			if byFunc[ref.Func] == nil {
				byFunc[ref.Func] = map[string]bool{}
			}
			byFunc[ref.Func][ref.Key] = true
		}
	}
	for _, file := range p.Files {
		for _, d := range file.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || len(byFunc[fd]) <= p.int("function") {
				continue
			}
			p.report(found{node: fd.Name, message: fmt.Sprintf("function %s evaluates %d flags (more than %d): %s",
				fd.Name.Name, len(byFunc[fd]), p.int("function"), join(slices.Sorted(maps.Keys(byFunc[fd]))))})
		}
	}
	if len(all) > p.int("package") {
		p.report(found{node: p.Files[0].Name, message: fmt.Sprintf("package %s evaluates %d flags (more than %d)", p.Pkg.Name(), len(all), p.int("package"))})
	}
}
