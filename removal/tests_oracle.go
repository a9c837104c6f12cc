package removal

import (
	"cmp"
	"go/ast"
	"slices"
	"strings"
	"unicode"
)

// TestID names a test as `go test -run` and its output do.
type TestID struct {
	Package string // import path of the package under test
	Name    string // TestX, or TestX/subtest
}

// Verdict is what running a test showed.
type Verdict int

const (
	// NotRun: nothing is known of the test.
	NotRun Verdict = iota
	// Passes: it passes with the set-up of the flag gone.
	Passes
	// Fails: it passed before, and fails since the set-up of the flag is gone.
	Fails
)

// TestOracle answers for tests that set the dead state and of which nothing else
// tells whether they are about it. Nil knows nothing.
type TestOracle func(TestID) Verdict

// undecided asks the oracle about a test, subtest or row: one that fails goes,
// one that passes stays and says so no more; otherwise it stays and is told.
func (p *testPlan) undecided(s *site, n ast.Node, ids []TestID, drop func()) {
	set := quoteState(p.constSet(s))
	if f := p.e.x.fileAt(s.node.Pos()); !f.test {
		p.e.tell(Residue{
			Flag: s.key, Pos: p.e.x.position(s.node.Pos()), Reason: "override",
			Message: "the program sets the flag to " + set + " here, and no more: see that what ran so can run without it",
		})
		return
	}
	p.unsettled(&spare{
		key: s.key, pos: n.Pos(), ids: ids,
		text: "this test set the flag to " + set + "; nothing tells whether it is about that: it stays, without the set-up",
	}, drop)
}

func (p *testPlan) unsettled(s *spare, drop func()) {
	if p.e.opts.Oracle != nil {
		verdict := NotRun
		for _, id := range s.ids {
			verdict = max(verdict, p.e.opts.Oracle(id))
		}
		switch verdict {
		case Fails:
			drop()
			return
		case Passes:
			return
		}
	}
	p.spares = append(p.spares, s)
}

// undecidedTests lists the tests that stay for want of evidence.
func (p *testPlan) undecidedTests() []TestID {
	if p == nil {
		return nil
	}
	var out []TestID
	for _, s := range p.spares {
		for _, id := range s.ids {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	slices.SortFunc(out, func(a, b TestID) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name))
	})
	return out
}

// testIDs names the test whose names, outermost first, are given, and that n is or stands
// in: once, or once a suite that it is a method of.
func (p *testPlan) testIDs(n ast.Node, names []string) []TestID {
	id := TestID{}
	if f := p.e.x.fileAt(n.Pos()); f != nil {
		for _, v := range f.views {
			id.Package = strings.TrimSuffix(v.Path, "_test")
			if v.ForTest != "" {
				id.Package = v.ForTest
				break
			}
		}
	}
	parts := slices.Clone(names)
	for i := range parts {
		if i > 0 {
			parts[i] = rewriteName(parts[i])
		}
	}
	id.Name = strings.Join(parts, "/")
	if fd, ok := p.e.topDecl(n).(*ast.FuncDecl); ok && fd.Recv != nil {
		var out []TestID
		for _, run := range p.e.suitesOf(fd) {
			out = append(out, TestID{id.Package, run.test.Name.Name + "/" + id.Name})
		}
		return out
	}
	return []TestID{id}
}

// rewriteName spells a subtest's name as package testing does: white space
// becomes an underscore, what cannot be printed is escaped (and not found).
func rewriteName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '_'
		}
		return r
	}, s)
}
