package removal

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// table is a struct type that tests declare, with the literals of it that are
// rows.
type table struct {
	st   *ast.StructType
	vars []*types.Var
	rows []*row
}

// row is one case of a table.
type row struct {
	lit *ast.CompositeLit
	// node is what goes with the row: the literal, or its entry in a map.
	node ast.Node
	key  ast.Expr // of a map
	// value is what a map gives for the row, which is its key.
	value ast.Expr
	table *table
	// state is what the row sets the flag of site to.
	state state
	site  *site
	c     constant.Value
}

// tableOf returns the table that a field is a column of, nil where no literal in
// a list or a map has its type.
func (p *testPlan) tableOf(v *types.Var) *table {
	id := p.e.identAt(idOf(v))
	if id == nil || !p.isTestObject(v) {
		return nil
	}
	st, ok := enclosing[*ast.StructType](p.e.x, id)
	if !ok {
		return nil
	}
	if t, ok := p.tables[st]; ok {
		return t
	}
	t := p.newTable(st)
	p.tables[st] = t
	return t
}

func (p *testPlan) newTable(st *ast.StructType) *table {
	e := p.e
	t := &table{st: st}
	info := e.x.infoFor(st)
	for _, f := range st.Fields.List {
		for _, n := range f.Names {
			if v, ok := info.Defs[n].(*types.Var); ok {
				t.vars = append(t.vars, v)
			}
		}
		if len(f.Names) == 0 {
			return nil // embedded: rows are more than what they spell
		}
	}
	if len(t.vars) == 0 {
		return nil
	}
	home := e.x.fileAt(st.Pos())
	for _, f := range e.x.files {
		if f != home && !sharesPackage(f, home) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			typ := f.views[0].Info.TypeOf(lit)
			if ptr, ok := under(typ).(*types.Pointer); ok {
				typ = ptr.Elem()
			}
			s, ok := under(typ).(*types.Struct)
			if ok && s.NumFields() > 0 && s.Field(0).Pos() == t.vars[0].Pos() {
				if r := p.newRow(t, lit); r != nil {
					t.rows = append(t.rows, r)
				}
			}
			return true
		})
	}
	if len(t.rows) == 0 {
		return nil
	}
	return t
}

func sharesPackage(a, b *file) bool {
	return slices.ContainsFunc(a.views, func(v *Package) bool { return slices.Contains(b.views, v) })
}

// newRow makes a row of a literal; one that is no element of a list or map can
// not go, but its columns can.
func (p *testPlan) newRow(t *table, lit *ast.CompositeLit) *row {
	r := &row{lit: lit, table: t}
	var n ast.Node = lit
	q := p.e.x.parent(n)
	if u, ok := q.(*ast.UnaryExpr); ok && u.Op == token.AND {
		n, q = u, p.e.x.parent(u)
	}
	switch q := q.(type) {
	case *ast.CompositeLit:
		if ast.Node(q.Type) != n {
			r.node = n
		}
	case *ast.KeyValueExpr:
		outer, ok := p.e.x.parent(q).(*ast.CompositeLit)
		if !ok {
			break
		}
		if _, isMap := under(p.e.x.typeOf(outer)).(*types.Map); !isMap {
			break
		}
		if ast.Node(q.Value) == n {
			r.node, r.key = q, q.Key
		} else {
			r.node, r.value = q, q.Value
		}
	}
	return r
}

// rowOf returns the row that a node stands in, nil if in none. What a function of the
// row does in any case, a row's set-up, stands in it too.
func (p *testPlan) rowOf(n ast.Node) *row {
	e := p.e
	maybe := false // something decides whether it runs
	for q := e.x.parent(n); q != nil; q = e.x.parent(q) {
		switch q := q.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.CaseClause, *ast.CommClause, *ast.DeferStmt, *ast.GoStmt:
			maybe = true
		case *ast.CompositeLit:
			typ := e.x.typeOf(q)
			if ptr, ok := under(typ).(*types.Pointer); ok {
				typ = ptr.Elem()
			}
			s, ok := under(typ).(*types.Struct)
			if !ok || s.NumFields() == 0 || !p.isTestObject(s.Field(0)) {
				continue
			}
			t := p.tableOf(s.Field(0))
			if t == nil {
				continue
			}
			for _, r := range t.rows {
				if r.lit == q && r.node != nil {
					return r
				}
			}
		case *ast.FuncLit:
			if maybe || !isEntry(e.x.parent(q), q) {
				return nil
			}
		case *ast.FuncDecl:
			return nil
		}
	}
	return nil
}

// isEntry reports whether x is a value in a literal, alone or after a key.
func isEntry(parent ast.Node, x ast.Expr) bool {
	switch q := parent.(type) {
	case *ast.KeyValueExpr:
		return q.Value == x
	case *ast.CompositeLit:
		return q.Type != x
	}
	return false
}

// cell returns the value of a column in a row, and the element that gives it;
// both are nil where the row leaves it out.
func (r *row) cell(p *testPlan, v *types.Var) (value ast.Expr, element ast.Node) {
	for i, el := range r.lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			if i < len(r.table.vars) && r.table.vars[i].Pos() == v.Pos() {
				return el, el
			}
			continue
		}
		if id, ok := kv.Key.(*ast.Ident); ok && id.Name == v.Name() {
			return kv.Value, kv
		}
	}
	return nil, nil
}

// constant is the constant that a row has in a column: what it gives, or the
// zero value. A pointer that is left out is no constant.
func (r *row) constant(p *testPlan, v *types.Var) constant.Value {
	x, _ := r.cell(p, v)
	if x != nil {
		return p.source(x).c
	}
	if z := zeroValue(v.Type()); z != nil && z.c != nil {
		return z.c
	}
	return nil
}

// names are the names of the test and of the row.
func (r *row) names(p *testPlan) []string {
	var out []string
	if fd, ok := enclosing[*ast.FuncDecl](p.e.x, r.lit); ok && p.e.isTestFunc(fd) {
		out = append(out, fd.Name.Name)
	} else if fd := p.runner(r.table); fd != nil {
		out = append(out, fd.Name.Name)
	}
	if r.key != nil {
		if c := p.e.constantOf(r.key); c != nil && c.Kind() == constant.String {
			return append(out, constant.StringVal(c))
		}
	}
	if v := p.nameColumn(r.table); v != nil {
		if c := r.constant(p, v); c != nil && c.Kind() == constant.String && constant.StringVal(c) != "" {
			return append(out, constant.StringVal(c))
		}
	}
	return append(out, "")
}

// runner is the test that reads the rows of a table which it does not declare.
func (p *testPlan) runner(t *table) *ast.FuncDecl {
	for _, v := range t.vars {
		for _, id := range p.e.x.usesOf(idOf(v)) {
			if _, ok := p.e.x.parent(id).(*ast.SelectorExpr); !ok {
				continue
			}
			if fd, ok := enclosing[*ast.FuncDecl](p.e.x, id); ok && p.e.isTestFunc(fd) {
				return fd
			}
		}
	}
	return nil
}

// nameColumn is the column that names the rows: what t.Run is given, or what is
// called so.
func (p *testPlan) nameColumn(t *table) *types.Var {
	for _, v := range t.vars {
		for _, id := range p.e.x.usesOf(idOf(v)) {
			sel, ok := p.e.x.parent(id).(*ast.SelectorExpr)
			if !ok {
				continue
			}
			call, ok := p.e.x.parent(sel).(*ast.CallExpr)
			if !ok {
				continue
			}
			if fn := p.e.x.callee(call); fn != nil && fn.Pkg() != nil {
				if name, ok := p.subtestName(call, fn); ok && name == ast.Expr(sel) {
					return v
				}
			}
		}
	}
	for _, v := range t.vars {
		switch strings.ToLower(v.Name()) {
		case "name", "desc", "description", "title", "testname", "scenario", "label", "msg", "message", "comment":
			return v
		}
	}
	return nil
}

// isExpectation reports whether a column holds what a test expects, by its name.
func isExpectation(name string) bool {
	ws := words(name)
	if len(ws) == 0 {
		return false
	}
	switch ws[0] {
	case "want", "wants", "wanted", "expect", "expects", "expected", "exp", "expectation", "result", "results", "output", "out", "err", "error",
		"should", "success", "succeeds", "fails", "golden", "assert", "check", "verify", "validate":
		return true
	}
	last := ws[len(ws)-1]
	return last == "want" || last == "expected"
}

// comparers are functions that only compare what they are given.
var comparers = map[string]bool{
	"slices.Contains": true, "slices.Equal": true, "maps.Equal": true, "reflect.DeepEqual": true, "errors.Is": true, "bytes.Equal": true,
	"strings.Contains": true, "strings.HasPrefix": true, "strings.HasSuffix": true, "strings.EqualFold": true,
	"github.com/google/go-cmp/cmp.Equal": true,
}

// onlyCompared reports whether a column is read for nothing but conditions under which
// the test fails, and what is said then: it holds what the test expects, whatever it is called.
func (p *testPlan) onlyCompared(v *types.Var) bool {
	if only, ok := p.compared[v]; ok {
		return only // asked for each pair of rows
	}
	read := false
	other := slices.ContainsFunc(p.e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		if !p.e.x.isRead(id) {
			return false
		}
		read = true
		return !p.isCompared(id)
	})
	p.compared[v] = read && !other
	return p.compared[v]
}

func (p *testPlan) isCompared(id *ast.Ident) bool {
	e := p.e
	var child ast.Node = id
	for n := e.x.parent(id); n != nil; child, n = n, e.x.parent(n) {
		switch n := n.(type) {
		case *ast.SelectorExpr, *ast.ParenExpr, *ast.BinaryExpr, *ast.UnaryExpr:
		case *ast.CallExpr:
			fn := e.x.callee(n)
			if fn == nil || fn.Pkg() == nil {
				return false
			}
			if fn.Pkg().Path() == "testing" {
				_, sub := p.subtestName(n, fn)
				return !sub
			}
			if !comparers[fn.FullName()] {
				return false
			}
		case *ast.IfStmt:
			return ast.Node(n.Cond) == child && p.isAssertion(n)
		default:
			return false
		}
	}
	return false
}

// onlyNames reports whether a variable is read for nothing but the names of subtests
// and what is said where one fails. The name of a file that a test reads is more.
func (p *testPlan) onlyNames(v types.Object) bool {
	e := p.e
	return !slices.ContainsFunc(e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		if !e.x.isRead(id) {
			return false
		}
		var child ast.Node = id
		for n := e.x.parent(id); n != nil; child, n = n, e.x.parent(n) {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if n.Sel != id {
					return true
				}
			case *ast.ParenExpr, *ast.BinaryExpr:
			case *ast.CallExpr:
				fn := e.x.callee(n)
				if fn == nil || fn.Pkg() == nil {
					return true
				}
				if name, ok := p.subtestName(n, fn); ok {
					return ast.Node(name) != child
				}
				if isTestingPkg(fn.Pkg().Path()) {
					return false
				}
				if fn.Pkg().Path() != "fmt" && !textFuncs[fn.FullName()] {
					return true
				}
			case *ast.ExprStmt: // fmt.Println
				return false
			case *ast.KeyValueExpr:
				return ast.Node(n.Key) != child
			default:
				return true
			}
		}
		return true
	})
}

// keyIsInput reports whether the keys of a table that is a map are more than names:
// a loop over it reads them otherwise.
func (p *testPlan) keyIsInput(r *row) bool {
	fd, _ := enclosing[*ast.FuncDecl](p.e.x, r.lit)
	return p.someLoop(fd, func(m *types.Map, loop *ast.RangeStmt) bool {
		id, ok := loop.Key.(*ast.Ident)
		if !ok || id.Name == "_" || !types.Identical(m.Elem(), p.e.x.typeOf(r.lit)) {
			return false
		}
		obj := p.e.x.objectAt(id)
		return obj != nil && !p.onlyNames(obj)
	})
}

// valueIsExpectation reports whether the values of a map whose keys are the rows of a
// table are what a test expects, by the name that the loop over the map gives them.
func (p *testPlan) valueIsExpectation(r *row) bool {
	fd, ok := enclosing[*ast.FuncDecl](p.e.x, r.lit)
	if !ok {
		fd = p.runner(r.table)
	}
	return p.someLoop(fd, func(m *types.Map, loop *ast.RangeStmt) bool {
		id, ok := loop.Value.(*ast.Ident)
		return ok && types.Identical(m.Key(), p.e.x.typeOf(r.lit)) && (id.Name == "w" || isExpectation(id.Name))
	})
}

// someLoop reports whether is holds for a loop over a map in a function, nil for none.
func (p *testPlan) someLoop(fd *ast.FuncDecl, is func(*types.Map, *ast.RangeStmt) bool) bool {
	found := false
	if fd == nil {
		return found
	}
	ast.Inspect(fd, func(n ast.Node) bool {
		if loop, ok := n.(*ast.RangeStmt); ok && !found {
			m, isMap := under(p.e.x.typeOf(loop.X)).(*types.Map)
			found = isMap && is(m, loop)
		}
		return !found
	})
	return found
}

// inputs renders what a row gives a test: all columns but its name, what it
// expects, and what goes. With all, expectations count too.
func (r *row) inputs(p *testPlan, all bool) string {
	name := p.nameColumn(r.table)
	if name != nil && !p.onlyNames(name) {
		name = nil
	}
	var b strings.Builder
	if r.key != nil && p.keyIsInput(r) {
		b.WriteString(p.tokens(r.key))
		b.WriteByte('\n')
	}
	if r.value != nil && (all || !p.valueIsExpectation(r)) {
		b.WriteString(p.tokens(r.value))
		b.WriteByte('\n')
	}
	for _, v := range r.table.vars {
		if name != nil && v.Pos() == name.Pos() || !all && (isExpectation(v.Name()) || p.onlyCompared(v)) {
			continue
		}
		x, el := r.cell(p, v)
		if x == nil || p.gone[el] || p.columns[idOf(v)] || p.isEmptied(x) {
			continue
		}
		text := cmp.Or(p.text[x], p.tokens(x))
		if z := zeroText[text]; z {
			continue
		}
		b.WriteString(v.Name())
		b.WriteByte('=')
		b.WriteString(text)
		b.WriteByte('\n')
	}
	return b.String()
}

// isEmptied reports whether a cell is a literal that lost its last element.
func (p *testPlan) isEmptied(x ast.Expr) bool {
	lit, ok := x.(*ast.CompositeLit)
	return ok && p.empty[lit]
}

// zeroText are spellings of zero values: a column that gives one is like a column left out.
var zeroText = map[string]bool{"false": true, "nil": true, "0": true, `""`: true}

// tokens renders syntax without white space, comments, commas and what goes.
func (p *testPlan) tokens(n ast.Node) string {
	f := p.e.x.fileAt(n.Pos())
	lo, hi := f.tok.Offset(n.Pos()), f.tok.Offset(n.End())
	var cut [][2]int
	ast.Inspect(n, func(m ast.Node) bool {
		if m == nil {
			return false
		}
		if p.gone[m] || p.states[m] {
			cut = append(cut, [2]int{f.tok.Offset(m.Pos()) - lo, f.tok.Offset(m.End()) - lo})
			return false
		}
		return true
	})
	src := f.src[lo:hi]
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	s.Init(file, src, nil, 0)
	var b strings.Builder
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return b.String()
		}
		off := file.Offset(pos)
		if tok == token.COMMA || tok == token.SEMICOLON || slices.ContainsFunc(cut, func(c [2]int) bool { return c[0] <= off && off < c[1] }) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if lit != "" {
			b.WriteString(lit)
		} else {
			b.WriteString(tok.String())
		}
	}
}
