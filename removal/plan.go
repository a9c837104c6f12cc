package removal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Options of a removal.
type Options struct {
	KeepDeclaration bool // leave the declaration for a later release
	Unsafe          bool // also what removal.md calls ExportedAPI and Reflection
	// Oracle answers for tests of which nothing else tells whether they are about
	// the dead state; nil: they stay and are told.
	Oracle TestOracle
	// Pinned are identifiers that code uses which could not be loaded, with the
	// name of a file that does: what is declared by these names stays.
	Pinned map[string]string
	// Foreign are identifiers that other modules may use, likewise: what is declared
	// by these names stays as it is, but what is known of it is used.
	Foreign map[string]string
	// Local: the program is one package of a larger one, so that what is declared
	// at package level stays, and so do the tests and what sets the flag. The
	// evaluations are replaced, and what that kills goes from the declarations that
	// they stand in, with imports that nothing needs any more. The edits of two
	// functions depend on each other by the imports of their file alone.
	Local bool
}

// Plan is a removal worked out in memory: nothing is written.
type Plan struct {
	Targets []Target
	Files   []FileEdit // changed files, by name
	Residue []Residue
	Notes   []Residue // FlagAsData, ConstantResult: for a person to look at; exit code 0
	Removed []Removed // what went, for the summary
	// Undecided are the tests that the dead-state-test residue speaks of: an
	// Options.Oracle that knows how they fare decides them.
	Undecided []TestID
	// Names are the identifiers of what the plan takes away, gives another signature, or
	// takes to hold one value, and the keys: code outside of the program that uses one may
	// break, or make it wrong.
	Names []string
	// Known are the names of functions whose result, or that they have no effect any more, is
	// known: code outside of the program that calls one works on as it is.
	Known []string
	// Claims are what the plan takes for granted of code outside of the program.
	Claims []Claim
	// Wanted are the import paths of packages of Program.Declared of which the removal
	// would have used more than the declarations.
	Wanted []string
}

// FileEdit is the change to one file.
type FileEdit struct {
	Name   string // absolute
	Before []byte
	After  []byte // nil: the file is deleted
}

// Residue is something that a removal left, and why.
type Residue struct {
	Flag    string // empty where several flags are removed and it may come of any
	Pos     token.Position
	Reason  string // a word: dynamic-key, exported-api, generated-file, …
	Message string // what it is, and what to do by hand
}

// Text is the message, after the flag where it is that of one.
func (r Residue) Text() string {
	if r.Flag == "" {
		return r.Message
	}
	return r.Flag + ": " + r.Message
}

// Removed is a declaration that a removal deleted.
type Removed struct {
	Kind string // func, method, type, const, var, field, param, test, file …
	Name string
	Pos  token.Position
}

// New works out the removal of the targets from the program. Where the result
// would not type-check, it gives up the smallest part that it can tell, and lists
// it as residue. An error means a refusal of the whole: nothing can be removed,
// and the error says why.
func New(prog *Program, targets []Target, opts Options) (*Plan, error) {
	e := newEngine(prog, targets, opts)
	for range maxAttempts {
		if err := e.run(); err != nil {
			return nil, err
		}
		e.settleScopes()
		e.takeConditions()
		e.dropZeros()
		e.notes = nil
		e.tellMentions()
		e.tellNotes()
		plan, err := e.emit(targets)
		if bad := (*unparsable)(nil); errors.As(err, &bad) && e.giveUpFile(bad) {
			continue
		}
		if err != nil {
			return nil, err
		}
		errs, err := plan.verify(prog)
		if err != nil {
			return nil, err
		}
		if len(errs) == 0 {
			return plan, nil
		}
		if !e.giveUp(errs) {
			return nil, fmt.Errorf("removal: the result would not type-check: %s", errs[0])
		}
	}
	return nil, errors.New("removal: the result would not type-check, whatever part is given up")
}

// unparsable is the error of a file whose result is no Go.
type unparsable struct {
	file *file
	err  error
}

func (u *unparsable) Error() string {
	return fmt.Sprintf("removal: %s: the result does not parse: %s", u.file.name, u.err)
}

// giveUpFile gives up the evaluations of a file; it reports whether it had any.
func (e *engine) giveUpFile(bad *unparsable) bool {
	hit := false
	for _, s := range e.sortedSeeds() {
		if e.x.fileAt(s.ref.Node.Pos()) == bad.file {
			e.refuse(s, s.ref.Node, "does-not-parse", "without it the result would be no Go: remove it by hand")
			hit = true
		}
	}
	if hit {
		e.forget()
	}
	return hit
}

// forget drops what was learned, after evaluations were given up.
func (e *engine) forget() {
	for x := range e.refused {
		delete(e.seeds, x)
	}
	e.dec, e.hoisted = nil, nil // nothing was dropped by a round before
	e.fnConst, e.objConst = map[objID][]*value{}, map[objID]*value{}
	e.params, e.results, e.callbacks = map[objID]map[int]bool{}, map[objID]map[int]bool{}, map[objID]map[int]bool{}
	e.unmade = map[*ast.CaseClause]bool{}
	e.closures, e.closureOf = map[*ast.FuncLit]map[int]bool{}, map[*ast.CallExpr]*ast.FuncLit{}
	e.dead, e.deadUnits = map[objID]bool{}, map[ast.Node]bool{}
	e.assigned, e.stored = map[objID]bool{}, map[objID]bool{}
	e.options, e.emptyFuncs = map[*ast.FuncDecl]bool{}, map[objID]bool{}
	e.contradicted = map[*ast.BlockStmt]*value{}
	e.emptyTests, e.unreadColumns = map[ast.Node]bool{}, map[objID]*types.Var{}
}

// maxAttempts bounds how often a part is given up before the whole is refused.
const maxAttempts = 25

// emit renders the files that the decisions change.
func (e *engine) emit(targets []Target) (*Plan, error) {
	plan := &Plan{Targets: targets, Residue: e.allResidue()}
	touched := map[*file]bool{}
	for n := range e.dec {
		if f := e.x.fileAt(n.Pos()); f != nil {
			touched[f] = true
		}
	}
	for _, a := range e.moved {
		touched[e.x.fileAt(a.Pos())] = true
	}
	e.goneInFull = e.emptiedPackages()
	for _, f := range e.x.files {
		if !f.editable() || !touched[f] && !slices.ContainsFunc(f.ast.Imports, e.importsNothing) {
			continue
		}
		after, err := e.emitFile(f)
		if err != nil {
			return nil, &unparsable{f, err}
		}
		if after != nil && bytes.Equal(after, f.src) {
			continue
		}
		plan.Files = append(plan.Files, FileEdit{Name: f.name, Before: f.src, After: after})
	}
	plan.Notes = append(slices.Clone(e.notes), e.commentNotes(plan.Files)...)
	slices.SortFunc(plan.Notes, byPosition)
	plan.Removed = e.removed()
	plan.Undecided = e.tests.undecidedTests()
	plan.Claims, plan.Names, plan.Known = e.claims()
	e.wantDropped()
	plan.Wanted = slices.Sorted(maps.Keys(e.x.wanted))
	sortFiles(plan.Files)
	return plan, nil
}

// allResidue is what was refused and what was told, by position.
func (e *engine) allResidue() []Residue {
	out := slices.Clone(e.residue)
	for _, r := range e.told {
		out = append(out, r)
	}
	slices.SortFunc(out, byPosition)
	return out
}

// byPosition orders residue.
func byPosition(a, b Residue) int {
	return cmp.Or(strings.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Offset, b.Pos.Offset), strings.Compare(a.Reason, b.Reason))
}

// emitFile renders one file; nil when nothing but imports is left of it.
func (e *engine) emitFile(f *file) ([]byte, error) {
	m := &emitter{e: e, f: f, used: map[string]bool{}}
	var edits []edit
	for _, d := range f.ast.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		m.edits(d, &edits)
	}
	if e.fileGone(f) {
		return nil, nil
	}
	for _, im := range m.deadImports() {
		e.dec[im] = &decision{op: opDrop}
	}
	for _, d := range f.ast.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			m.edits(d, &edits)
		}
	}
	return m.finish(m.apply(0, len(f.src), edits))
}

// fileGone reports whether nothing but imports is left of a file that had more.
func (e *engine) fileGone(f *file) bool {
	if !f.editable() || f.ast.Doc != nil || !e.hadDecls(f) {
		return false
	}
	return !slices.ContainsFunc(f.ast.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return (!ok || g.Tok != token.IMPORT) && !e.declGone(d)
	})
}

// emptiedPackages are the packages, by path, of which no file is left but tests. What
// only does for its start-up what nothing is left to do is not to import them.
func (e *engine) emptiedPackages() map[string]bool {
	left := map[string]int{}
	for _, f := range e.x.files {
		if f.test {
			continue
		}
		gone := e.fileGone(f)
		for _, v := range f.views {
			if _, ok := left[v.Path]; !ok {
				left[v.Path] = 0
			}
			if !gone {
				left[v.Path]++
			}
		}
	}
	out := map[string]bool{}
	for path, n := range left {
		if n == 0 {
			out[path] = true
		}
	}
	return out
}

// importsNothing reports whether a blank import is of a package that goes.
func (e *engine) importsNothing(im *ast.ImportSpec) bool {
	path, err := strconv.Unquote(im.Path.Value)
	return err == nil && im.Name != nil && im.Name.Name == "_" && e.goneInFull[path]
}

// declGone reports whether nothing of a declaration is left.
func (e *engine) declGone(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		dd := e.dec[d]
		return dd != nil && dd.op == opDrop
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if sd := e.dec[s]; sd == nil || sd.op != opDrop || len(sd.hoist) > 0 {
				return false
			}
		}
		return len(d.Specs) > 0
	}
	return false
}

// hadDecls reports whether a file declares anything but imports.
func (e *engine) hadDecls(f *file) bool {
	return slices.ContainsFunc(f.ast.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return !ok || g.Tok != token.IMPORT
	})
}

// removed lists the declarations that went.
func (e *engine) removed() []Removed {
	var out []Removed
	for oid := range e.dead {
		obj := e.x.objs[oid]
		if obj == nil {
			continue
		}
		kind := "var"
		switch o := obj.(type) {
		case *types.Func:
			kind = "func"
			if o.Signature().Recv() != nil {
				kind = "method"
			}
			if f := e.x.fileAt(oid); f != nil && f.test && isTestName(o.Name()) {
				kind = "test"
			}
		case *types.Const:
			kind = "const"
		case *types.TypeName:
			kind = "type"
		case *types.Var:
			if o.IsField() {
				kind = "field"
			}
		}
		out = append(out, Removed{Kind: kind, Name: obj.Name(), Pos: e.x.position(oid)})
	}
	slices.SortFunc(out, func(a, b Removed) int {
		return cmp.Or(strings.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Offset, b.Pos.Offset))
	})
	return out
}

// giveUp takes back, for each type error of the result, the smallest part of the
// removal that can be behind it. It reports whether it found any.
func (e *engine) giveUp(errs []typeError) bool {
	found := false
	if len(e.results)+len(e.callbacks)+len(e.closures) > 0 { // what is gained by them is less than an evaluation
		e.keepCallbacks = true
		for oid := range e.results {
			e.keepResults[oid] = true
		}
		e.forget()
		return true
	}
	done := map[[2]string]bool{} // one error of a function may bring others
	pinned := maps.Clone(e.pinned)
	for _, te := range errs {
		at := [2]string{e.x.prog.Fset.Position(te.err.Pos).Filename, e.funcOfResult(te)}
		if !done[at] && e.giveUpOne(te, at[0], at[1], pinned) {
			done[at] = true
			found = true
		}
	}
	if found {
		e.forget()
	}
	return found
}

// giveUpOne does so for an error in function fn of the file of that name; before
// is what was pinned when the result was worked out.
func (e *engine) giveUpOne(te typeError, name, fn string, before map[objID]bool) bool {
	// An object that is missing must stay.
	if _, missing, ok := strings.Cut(te.err.Msg, "undefined: "); ok {
		missing = strings.Fields(missing)[0]
		if i := strings.LastIndexByte(missing, '.'); i >= 0 {
			missing = missing[i+1:]
		}
		pinned := false
		for oid := range e.dead {
			if o := e.x.objs[oid]; o != nil && o.Name() == missing && !before[oid] {
				e.pinned[oid] = true
				pinned = true
			}
		}
		if pinned {
			return true
		}
	}
	// Otherwise the evaluations of the function in which the error stands, of
	// its file, of the program.
	for _, scope := range []func(*seed, *file) bool{
		func(s *seed, f *file) bool { return f.name == name && fn != "" && e.funcName(s.ref.Node) == fn },
		func(s *seed, f *file) bool { return f.name == name },
	} {
		hit := false
		for _, s := range e.sortedSeeds() {
			if scope(s, e.x.fileAt(s.ref.Node.Pos())) {
				e.refuse(s, s.ref.Node, "does-not-type-check", "without it the result would not compile ("+te.err.Msg+"): remove it by hand")
				hit = true
			}
		}
		if hit {
			for x := range e.refused {
				delete(e.seeds, x)
			}
			return true
		}
	}
	return e.giveUpTests(name, fn)
}

// sortedSeeds returns the evaluations in source order.
func (e *engine) sortedSeeds() []*seed {
	return slices.SortedFunc(maps.Values(e.seeds), func(a, b *seed) int { return cmp.Compare(a.ref.Node.Pos(), b.ref.Node.Pos()) })
}

// funcOfResult names the function of the result in which a type error stands.
func (e *engine) funcOfResult(te typeError) string {
	tok := e.x.prog.Fset.File(te.err.Pos)
	if tok == nil {
		return ""
	}
	name := tok.Name()
	for _, f := range e.x.files {
		if f.name != name {
			continue
		}
		src, err := e.emitFile(f)
		if err != nil || src == nil {
			return ""
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		if err != nil {
			return ""
		}
		off := tok.Offset(te.err.Pos)
		for _, d := range parsed.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fset.Position(fd.Pos()).Offset <= off && off < fset.Position(fd.End()).Offset {
				return declName(fd)
			}
		}
	}
	return ""
}

func (e *engine) funcName(n ast.Node) string {
	fd, ok := enclosing[*ast.FuncDecl](e.x, n)
	if !ok {
		return ""
	}
	return declName(fd)
}

func declName(fd *ast.FuncDecl) string {
	if fd.Recv != nil && len(fd.Recv.List) > 0 {
		if id := recvIdent(fd.Recv.List[0].Type); id != nil {
			return id.Name + "." + fd.Name.Name
		}
	}
	return fd.Name.Name
}
