package removal

import (
	"cmp"
	"errors"
	"go/ast"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// engine works a removal out. It repeats rounds until nothing changes: each
// round walks every function that the flag is known to reach and makes all
// decisions anew from the facts of the round before; then it looks what further
// facts the decisions imply. Facts only grow, so the rounds end.
type engine struct {
	x    *index
	opts Options

	seeds   map[ast.Expr]*seed
	targets map[string]registry.Value
	refs    []*flagref.Reference // those of the targets

	// facts
	fnConst   map[objID][]*value             // functions whose results are known
	objConst  map[objID]*value               // parameters, fields, package variables that are known
	params    map[objID]map[int]bool         // functions that lose parameters
	results   map[objID]map[int]bool         // functions that lose results
	callbacks map[objID]map[int]bool         // parameters that are functions, and lose parameters
	closures  map[*ast.FuncLit]map[int]bool  // closures that lose parameters
	closureOf map[*ast.CallExpr]*ast.FuncLit // what the calls of these call
	options   map[*ast.FuncDecl]bool         // functional options that go from where they are given
	dead      map[objID]bool                 // package-level objects, methods and fields that go
	assigned  map[objID]bool                 // package variables that assignments give what is known of them
	stored    map[objID]bool                 // those of them that nothing reads: their assignments go
	keepReads map[objID]bool                 // locals whose reads are not to be replaced
	// keepResults are functions whose results turned out to be needed.
	keepResults   map[objID]bool
	keepCallbacks bool              // verification showed that callbacks and closures must keep their parameters
	reached       map[ast.Node]bool // top-level declarations to walk
	deadUnits     map[ast.Node]bool // nameless declarations that go
	// goneInFull are the packages, by path, of which no file but tests is left.
	goneInFull map[string]bool
	suites     []suiteRun               // made on first use
	unmade     map[*ast.CaseClause]bool // cases of type switches that nothing can match any more
	// emptyFuncs are functions of which nothing is left that has an effect.
	emptyFuncs map[objID]bool

	// decisions of the round before
	prev        map[ast.Node]*decision
	prevHoisted map[ast.Expr]ast.Node

	// decisions of the current round
	dec     map[ast.Node]*decision
	tuples  map[ast.Expr][]*value
	hoisted map[ast.Expr]ast.Node
	pure    map[*ast.FuncDecl]bool
	args    map[*ast.CallExpr][]*value
	written map[ast.Node]*value // what key-value pairs and assignments give struct fields
	locals  map[objID]bool      // local variables that go
	// returnsOf holds what the live returns of a function give; specVals what
	// the values of a package-level specification are.
	returnsOf map[ast.Node][][]*value
	specVals  map[*ast.ValueSpec][]*value

	movedType map[*ast.AssignStmt]ast.Expr // and the types that they name for it
	moved     map[objID]*ast.AssignStmt    // variables that a later assignment declares now
	reused    map[*ast.Ident]bool          // variables that become the one of the surrounding scope

	funcs         map[ast.Node]*funcInfo
	localsOf      map[ast.Node][]objID
	graph         *declGraph
	refused       map[ast.Expr]bool
	residue       []Residue
	notes         []Residue
	pinned        map[objID]bool                // objects that verification showed must stay
	foreign       map[objID]bool                // those of pinned that only other modules use
	lits          map[objID][]*ast.CompositeLit // of each struct type, made on first use
	escapes       map[objID]bool                // struct types that a decoder may fill, made on first use
	hiding        map[*types.Package]bool       // packages that declare a name of a literal, made on first use
	sights        *sights                       // struct types that are looked at as a whole, made on first use
	told          map[string]Residue            // residue found while facts are learned
	supposed      map[objID]bool                // what residue says that nothing else uses
	zeroed        map[objID]bool                // fields that may be left zero, as far as asked
	tests         *testPlan                     // what becomes of the tests, in this round
	emptyTests    map[ast.Node]bool             // what lost all of its statements in tests, or is skipped in any case
	unreadColumns map[objID]*types.Var          // columns of tables whose last read was folded away
	contradicted  map[*ast.BlockStmt]*value     // bodies of tests that must fail now
	followed      bool                          // following the tests brought new facts
	keepTests     map[string]bool               // test files, and functions in them, that verification showed must stay as they are
	clients       map[string]bool               // types whose methods evaluate one of the flags, made on first use
	names         []string                      // spellings of the flags, made on first use
}

func newEngine(prog *Program, targets []Target, opts Options) *engine {
	e := &engine{
		x: newIndex(prog), opts: opts,
		seeds: map[ast.Expr]*seed{}, targets: map[string]registry.Value{},
		fnConst: map[objID][]*value{}, objConst: map[objID]*value{}, params: map[objID]map[int]bool{}, results: map[objID]map[int]bool{}, callbacks: map[objID]map[int]bool{}, closures: map[*ast.FuncLit]map[int]bool{}, closureOf: map[*ast.CallExpr]*ast.FuncLit{}, unmade: map[*ast.CaseClause]bool{}, keepResults: map[objID]bool{},
		options: map[*ast.FuncDecl]bool{}, emptyFuncs: map[objID]bool{}, dead: map[objID]bool{}, assigned: map[objID]bool{}, stored: map[objID]bool{}, deadUnits: map[ast.Node]bool{}, keepReads: map[objID]bool{}, reached: map[ast.Node]bool{},
		funcs: map[ast.Node]*funcInfo{}, localsOf: map[ast.Node][]objID{}, refused: map[ast.Expr]bool{}, pinned: map[objID]bool{}, foreign: map[objID]bool{},
		keepTests: map[string]bool{}, contradicted: map[*ast.BlockStmt]*value{}, emptyTests: map[ast.Node]bool{}, unreadColumns: map[objID]*types.Var{},
	}
	for _, t := range targets {
		e.targets[t.Key] = t.Value
	}
	e.reset()
	e.collect()
	e.graph = newDeclGraph(e.x, opts.Unsafe, e.pureCall, e.givesClient)
	e.graph.pinned = e.pinned
	for oid := range e.x.decls {
		o := e.x.objs[oid]
		if o == nil {
			continue
		}
		foreign := opts.Foreign[o.Name()] != "" && ast.IsExported(o.Name())
		if opts.Pinned[o.Name()] != "" || foreign {
			e.pinned[oid] = true
			e.foreign[oid] = opts.Pinned[o.Name()] == ""
		}
	}
	e.pinMemberships()
	e.markDeclarations()
	return e
}

// pinMemberships keeps the lists that say which flags are on: with its last flag
// a list has no reader left, but it is the flag system, not what the flag kept
// alive.
func (e *engine) pinMemberships() {
	for _, r := range e.refs {
		if r.Kind == flagref.Override {
			e.pinListed(r)
			continue
		}
		call, ok := r.Node.(*ast.CallExpr)
		if !ok || r.Kind != flagref.Evaluation || len(call.Args) != 2 {
			continue
		}
		if fn := e.x.callee(call); fn == nil || fn.FullName() != "slices.Contains" {
			continue
		}
		id, _ := ast.Unparen(call.Args[0]).(*ast.Ident)
		if sel, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr); ok {
			id = sel.Sel
		}
		if id == nil {
			continue
		}
		if v, ok := e.x.objectAt(id).(*types.Var); ok && e.x.decl(idOf(v)) != nil {
			e.pinned[idOf(v)] = true
		}
	}
}

// pinListed does so for the list that a test puts a flag's key into.
func (e *engine) pinListed(r *flagref.Reference) {
	x, ok := r.KeyNode.(ast.Expr)
	if !ok {
		return
	}
	list := e.x.parent(x)
	if !isElement(list) {
		return
	}
	var id *ast.Ident
	switch p := e.x.parent(list).(type) {
	case *ast.AssignStmt:
		if len(p.Lhs) != 1 {
			return
		}
		switch l := ast.Unparen(p.Lhs[0]).(type) {
		case *ast.Ident:
			id = l
		case *ast.SelectorExpr:
			id = l.Sel
		}
	case *ast.KeyValueExpr:
		id, _ = p.Key.(*ast.Ident)
	}
	if id == nil {
		return
	}
	v, ok := e.x.objectAt(id).(*types.Var)
	if !ok || e.x.decl(idOf(v)) == nil || e.x.fileAt(idOf(v)).test {
		return
	}
	if _, isSlice := under(v.Type()).(*types.Slice); isSlice {
		e.pinned[idOf(v)] = true
	}
}

// asOfLastRound answers a question about another function from the decisions of
// the round before: those of this one may not be made yet.
func (e *engine) asOfLastRound(f func()) {
	dec, hoisted := e.dec, e.hoisted
	e.dec, e.hoisted = e.prev, e.prevHoisted
	f()
	e.dec, e.hoisted = dec, hoisted
}

func (e *engine) reset() {
	e.prev, e.prevHoisted = e.dec, e.hoisted
	e.dec = map[ast.Node]*decision{}
	e.tuples = map[ast.Expr][]*value{}
	e.hoisted = map[ast.Expr]ast.Node{}
	e.pure = map[*ast.FuncDecl]bool{}
	e.args = map[*ast.CallExpr][]*value{}
	e.locals = map[objID]bool{}
	e.zeroed = map[objID]bool{}
	e.written = map[ast.Node]*value{}
	e.told = map[string]Residue{}
	e.supposed = map[objID]bool{}
	e.moved = map[objID]*ast.AssignStmt{}
	e.movedType = map[*ast.AssignStmt]ast.Expr{}
	e.reused = map[*ast.Ident]bool{}
	e.specVals = map[*ast.ValueSpec][]*value{}
}

// collect turns the references of the targets into seeds.
func (e *engine) collect() {
	type id struct{ node, key ast.Node }
	seen := map[id]bool{}
	for _, pkg := range e.x.prog.Packages {
		if pkg.Refs == nil {
			continue
		}
		for _, ref := range pkg.Refs.References {
			v, ok := e.targets[ref.Key]
			// an override may name several keys that a list or a table gives
			n := id{ref.Node, nil}
			if ref.Kind == flagref.Override {
				n.key = ref.KeyNode
			}
			if !ok || ref.Key == "" || seen[n] {
				continue
			}
			seen[n] = true
			e.refs = append(e.refs, ref)
			e.reach(ref.Node)
			if ref.Kind != flagref.Evaluation {
				continue
			}
			x, ok := ref.Node.(ast.Expr)
			if !ok {
				continue
			}
			if !e.x.fileAt(x.Pos()).editable() {
				continue
			}
			e.seeds[x] = &seed{ref: ref, key: ref.Key, v: v, c: goConstant(v)}
		}
	}
	slices.SortFunc(e.refs, func(a, b *flagref.Reference) int { return cmp.Compare(a.Node.Pos(), b.Node.Pos()) })
}

// reach makes the top-level declaration around n part of the next rounds.
func (e *engine) reach(n ast.Node) {
	if d := e.topDecl(n); d != nil {
		e.reached[d] = true
	}
}

// reachUses does so for everything that uses an object.
func (e *engine) reachUses(oid objID) {
	for _, id := range e.x.usesOf(oid) {
		e.reach(id)
	}
}

// topDecl returns the function declaration or the value, type or import
// specification around n.
func (e *engine) topDecl(n ast.Node) ast.Node {
	var spec ast.Node
	for ; n != nil; n = e.x.parent(n) {
		switch d := n.(type) {
		case *ast.ValueSpec, *ast.TypeSpec, *ast.ImportSpec:
			spec = d
		case *ast.FuncDecl:
			return d
		case *ast.File:
			return spec
		}
	}
	return nil
}

// isKeyOrDefault reports whether an argument of an evaluation belongs to the
// flag: its key or its fallback.
func (e *engine) isKeyOrDefault(s *seed, a ast.Expr) bool {
	return s.ref.KeyNode == ast.Node(a) || s.ref.DefaultNode == a
}

// refuse gives an evaluation up: it stays as it is and becomes residue.
func (e *engine) refuse(s *seed, at ast.Node, reason, message string) {
	x := s.ref.Node.(ast.Expr)
	if e.refused[x] {
		return
	}
	e.refused[x] = true
	e.residue = append(e.residue, Residue{Flag: s.key, Pos: e.x.position(at.Pos()), Reason: reason, Message: message})
}

// run repeats rounds until neither facts nor refusals change.
func (e *engine) run() error {
	for range maxRounds {
		before := len(e.refused)
		e.round()
		if len(e.refused) != before {
			// Without the refused evaluations everything is different.
			e.forget()
			continue
		}
		if e.learn() || e.followed || len(e.dec) != len(e.prev) {
			continue
		}
		if !e.giveBackResults() && !e.refuseLeft() {
			return nil
		}
		e.forget()
	}
	return errors.New("removal: the rounds do not come to an end (this is a bug, please report it): remove the flag by hand")
}

// refuseLeft gives up the evaluations that survive though no decision replaces
// them and nothing refused them: a place that the walk does not know. It reports
// whether there were any. What the promise says of the flag rests on this, and not on
// every walk of an expression being complete.
func (e *engine) refuseLeft() bool {
	any := false
	for _, s := range e.sortedSeeds() {
		x := s.ref.Node.(ast.Expr)
		if d := e.dec[x]; e.refused[x] || d != nil && d.op == opKeep || !e.live(x) || s.ref.Shape.Multi && e.listsDeclarations(s, x) {
			continue
		}
		e.refuse(s, x, "not-followed", "the evaluation stands where its replacement is not known: replace it by hand")
		any = true
	}
	return any
}

// maxRounds is far more than any removal needs: each round follows facts one
// step further.
const maxRounds = 1000

// round makes all decisions from the current facts.
func (e *engine) round() {
	e.reset()
	e.notes, e.followed = nil, false
	for _, s := range e.seeds {
		if call, ok := s.ref.Node.(*ast.CallExpr); ok {
			s.extra = nil
			for i, a := range call.Args {
				if i != s.ref.Shape.Callback {
					s.extra = append(s.extra, e.effectsOf(a)...)
				}
			}
		}
	}
	e.dropDeadDecls()
	e.dropDeclarations()
	e.dropFields()
	e.dropParams()
	e.dropCallbacks()
	e.dropClosures()
	e.dropResults()
	e.dropOptions()
	e.followTests()
	e.returnsOf = map[ast.Node][][]*value{}
	for _, d := range e.sortedReached() {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body == nil || !e.live(d) {
				continue
			}
			w := &walker{e: e, env: map[objID]*value{}, fn: e.funcInfoOf(d, d.Type, d.Body)}
			w.block(d.Body)
			e.returnsOf[d] = w.returns
		case *ast.ValueSpec:
			if len(d.Values) == 0 || !e.live(d) {
				continue
			}
			w := &walker{e: e, env: map[objID]*value{}, fn: e.funcInfoOf(d, nil, nil)}
			vals := w.results(d.Values, len(d.Names))
			w.consumeAssigned(d.Values, vals)
			e.specVals[d] = vals
		}
	}
	e.collectHoists()
	e.trimTails()
	e.settleReturns()
	e.settleStores()
	e.settleLocals()
}

func (e *engine) sortedReached() []ast.Node {
	out := make([]ast.Node, 0, len(e.reached))
	for d := range e.reached {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b ast.Node) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return out
}

func (e *engine) collectHoists() {
	for n, d := range e.dec {
		for _, h := range d.hoist {
			e.hoisted[h] = n
		}
	}
}

// live reports whether a piece of syntax survives the decisions made so far.
func (e *engine) live(n ast.Node) bool {
	if d := e.dec[n]; d != nil && (d.op == opDrop || d.op == opLit || d.op == opText || d.op == opTake) {
		if x, ok := n.(ast.Expr); !ok || e.hoisted[x] == nil {
			return false
		}
	}
	for child := n; ; {
		if x, ok := child.(ast.Expr); ok {
			if at := e.hoisted[x]; at != nil {
				child = at // it runs in front of that statement
			}
		}
		p := e.x.parent(child)
		if p == nil {
			return true
		}
		if d := e.dec[p]; d != nil && !d.retains(p, child) {
			return false
		}
		child = p
	}
}

// liveUses returns the uses of an object that survive.
func (e *engine) liveUses(oid objID) []*ast.Ident {
	var out []*ast.Ident
	for _, id := range e.x.usesOf(oid) {
		if e.live(id) {
			out = append(out, id)
		}
	}
	return out
}

// isRead reports whether an identifier reads its variable: the target of an
// assignment, an increment or a range clause does not.
func (x *index) isRead(id *ast.Ident) bool {
	child, p := x.place(id)
	switch p := p.(type) {
	case *ast.AssignStmt:
		for _, l := range p.Lhs {
			if ast.Node(l) == child {
				return false
			}
		}
	case *ast.IncDecStmt:
		return false
	case *ast.RangeStmt:
		return ast.Node(p.X) == child
	}
	return true
}

// nowEmpty reports whether a call calls a function of the program of which
// nothing is left that has an effect, and had something before.
func (e *engine) nowEmpty(call *ast.CallExpr) bool {
	fn := e.x.callee(call)
	return fn != nil && e.emptyFuncs[idOf(fn)]
}

// learnEmptyFuncs finds those functions. It reports whether there are new ones,
// which their callers have to know.
func (e *engine) learnEmptyFuncs() bool {
	changed := false
	for d := range e.reached {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil || e.emptyFuncs[decl.Name.Pos()] || !e.live(decl) {
			continue
		}
		oid := decl.Name.Pos()
		if fn, ok := e.x.objs[oid].(*types.Func); !ok || e.dynamic(fn) || e.pinned[oid] && !e.foreign[oid] {
			continue
		}
		now := slices.ContainsFunc(decl.Body.List, func(s ast.Stmt) bool {
			d := e.dec[s]
			return d != nil && d.op != opNone
		})
		if now && e.emptyBody(decl) {
			e.emptyFuncs[oid] = true
			e.reachUses(oid)
			changed = true
		}
	}
	return changed
}

// emptyBody reports whether no statement of the function survives, or only a
// return.
func (e *engine) emptyBody(decl *ast.FuncDecl) bool {
	for _, s := range decl.Body.List {
		d := e.dec[s]
		switch {
		case d != nil && d.op == opDrop && len(d.hoist) == 0:
		case d != nil && d.op == opSplice && len(d.hoist) == 0 && d.init == nil && len(d.body) == 0:
		default:
			if r, ok := s.(*ast.ReturnStmt); !ok || len(r.Results) > 0 && !(d != nil && d.op == opResults && len(d.hoist) == 0 && !slices.Contains(d.drop, false)) {
				return false
			}
		}
	}
	return true
}

// dynamic reports whether a method may be called through an interface, so that
// its signature and its existence are not its callers' alone.
func (e *engine) dynamic(fn *types.Func) bool {
	sig, ok := fn.Type().(*types.Signature)
	if !ok || sig.Recv() == nil {
		return false
	}
	u := e.graph.unitOf(idOf(fn))
	return u == nil || e.graph.satisfies(u, fn.Name())
}
