package difftest

import (
	"fmt"
	"slices"
	"strings"
)

// localNames are few, so that they clash and shadow; some are names of imports.
var localNames = []string{"x", "y", "n", "s", "v", "w", "ok", "err", "tmp", "limit", "strings", "helper", "state", "a", "fmt"}

// fresh returns a name that the innermost scope does not declare. The body of
// a function may not redeclare what its parameters are called.
func (g *generator) fresh() string {
	for i := 0; ; i++ {
		name := pick(g, localNames)
		if i > 10 {
			name = fmt.Sprintf("z%d", g.id())
		}
		if g.taken(name) {
			continue
		}
		if !g.free(name) {
			g.hit("shadowing")
		}
		return name
	}
}

func (g *generator) taken(name string) bool {
	if g.scope.vars[name] != nil {
		return true
	}
	return g.scope.parent != nil && g.scope.parent.fn && g.scope.parent.vars[name] != nil
}

// body writes the statements of a block in a scope of its own, braces excluded,
// and tells whether they end in a statement that does not let control through.
func (g *generator) body(n int) (string, bool) {
	g.push(false)
	defer g.pop()
	return g.stmts(n, nil)
}

// block is a body in braces.
func (g *generator) block(n int) string {
	text, _ := g.body(n)
	return "{\n" + text + "}"
}

// stmts writes statements into the innermost scope, uses what they declared,
// and ends with what end writes, if there is one.
func (g *generator) stmts(n int, ending func() string) (string, bool) {
	var out []string
	for range n {
		if *g.fn.budget <= 0 {
			break
		}
		*g.fn.budget--
		out = append(out, g.commented(g.stmt()))
	}
	end := ""
	if ending != nil {
		end = ending()
	} else if g.chance(12) {
		end = g.jump()
	}
	// What the end does not use either is used here, before it.
	for _, v := range g.scope.order {
		if !v.used {
			out = append(out, g.useVar(v))
		}
	}
	if len(out) == 0 && end == "" {
		out = append(out, g.emit())
	}
	if end != "" {
		out = append(out, end)
	}
	return strings.Join(out, "\n") + "\n", end != ""
}

// commented puts a comment that speaks of an effect beside the statement that has it.
func (g *generator) commented(s string) string {
	call, ok := strings.CutPrefix(s, "rt.E(")
	if !ok || !g.chance(25) {
		return s
	}
	n, rest, _ := strings.Cut(call, ")")
	if rest != "" {
		return s
	}
	g.hit("comment")
	if g.chance(40) {
		return s + " // about " + n + "."
	}
	return "// about " + n + ".\n" + s
}

// useVar writes a statement that reads a variable: often only where the flag says so.
func (g *generator) useVar(v *variable) string {
	if g.lookup(v.name) != v {
		v.used = true
		return g.emit()
	}
	name := v.take()
	show := fmt.Sprintf("%s(%d, %s)", g.rt(pick(g, []string{"P", "P", "T"})), g.id(), name)
	if v.typ == "Options" && g.chance(95) {
		show = fmt.Sprintf("%s(%d, %s.N)", g.rt("P"), g.id(), name)
	} else if v.typ == "Options" {
		g.hit("struct-shown")
	}
	if v.typ == "func" {
		show = fmt.Sprintf("%s(%d, %s(%d))", g.rt("P"), g.id(), name, g.r.IntN(4))
	}
	switch {
	case v.typ == "error":
		return fmt.Sprintf("if %s != nil {\n%s\n}", name, show)
	case v.typ == "flag" && g.chance(60):
		return fmt.Sprintf("if %s {\n%s\n}", name, g.emit())
	case g.chance(40):
		g.hit("used-in-arm-only")
		if g.chance(50) {
			return fmt.Sprintf("if %s {\n%s\n}", g.flagCond(), show)
		}
		return fmt.Sprintf("if %s {\n%s\n} else {\n%s\n}", g.flagCond(), g.emit(), show)
	case g.chance(15):
		return "_ = " + name
	}
	return show
}

// jump writes a statement that leaves the block.
func (g *generator) jump() string {
	f := g.fn
	switch g.r.IntN(6) {
	case 0:
		if f.breaks > 0 {
			g.hit("break")
			return "break"
		}
	case 1:
		if f.loops > 0 {
			g.hit("continue")
			return "continue"
		}
	case 2:
		if len(f.labels) > 0 {
			g.hit("labelled-jump")
			return pick(g, []string{"break ", "continue "}) + pick(g, f.labels)
		}
	case 3:
		if g.chance(20) {
			g.hit("panic")
			return fmt.Sprintf("panic(%q)", fmt.Sprint("p", g.id()))
		}
	}
	return g.ret()
}

// ret writes a return statement.
func (g *generator) ret() string {
	g.hit("return")
	f := g.fn
	if len(f.results) == 0 {
		return "return"
	}
	if len(f.named) > 0 && g.chance(40) && !slices.ContainsFunc(f.named, func(n string) bool { return g.lookup(n) == nil || !g.lookup(n).result }) {
		g.hit("bare-return")
		return "return"
	}
	var out []string
	for _, t := range f.results {
		out = append(out, g.expr(t, 1))
	}
	return "return " + strings.Join(out, ", ")
}

// stmt writes one statement.
func (g *generator) stmt() string {
	if g.chance(45) {
		return g.flagStmt()
	}
	switch g.r.IntN(14) {
	case 0, 1:
		return g.emit()
	case 2, 3:
		typ := pick(g, []string{"int", "int", "string", "bool"})
		if g.chance(10) {
			g.hit("var-without-value")
			name := g.fresh()
			g.declare(name, typ, true)
			return fmt.Sprintf("var %s %s", name, typ)
		}
		e := g.expr(typ, 2)
		if g.chance(25) {
			g.hit("var-statement")
			name := g.fresh()
			g.declare(name, typ, true)
			return fmt.Sprintf("var %s %s = %s", name, typ, e)
		}
		name := g.fresh()
		g.declare(name, typ, true)
		return fmt.Sprintf("%s := %s", name, e)
	case 4, 5:
		typ := pick(g, []string{"int", "string", "bool"})
		if vs := g.locals(typ, true); len(vs) > 0 {
			g.hit("assignment")
			v := pick(g, vs)
			if typ == "int" && g.chance(30) {
				return v.name + pick(g, []string{"++", "--"})
			}
			e := g.expr(typ, 2)
			if typ != "bool" && g.chance(30) {
				return fmt.Sprintf("%s += %s", v.name, e)
			}
			return fmt.Sprintf("%s = %s", v.name, e)
		}
	case 6:
		return g.ifStmt(g.plainCond(1))
	case 7:
		return g.forStmt()
	case 8:
		g.hit("block")
		return g.block(1 + g.r.IntN(3))
	case 9:
		if os := g.objects(func(o *object) bool { return o.kind == "func" }); len(os) > 0 {
			o := pick(g, os)
			if len(o.results) == 0 || g.chance(40) {
				g.hit("call-statement")
				return g.call(o, 1)
			}
			if len(o.results) == 2 {
				return g.twoResults(g.call(o, 1), o.results[0])
			}
		}
	case 10:
		return g.twoResults(fmt.Sprintf("%s(%d)", g.rt("Load"), g.id()), "int")
	case 11:
		if os := g.objects(func(o *object) bool { return o.kind == "var" && o.mutable && o.pkg == g.pkg }); len(os) > 0 {
			o := pick(g, os)
			g.hit("package-var-written")
			return fmt.Sprintf("%s = %s", g.ref(o), g.expr(o.typ, 1))
		}
	case 12:
		return g.closure()
	case 13:
		if g.fn.loops == 0 {
			return g.deferStmt()
		}
	}
	return g.emit()
}

// twoResults writes a statement that takes a value and an error, which may
// declare one of them only.
func (g *generator) twoResults(call, typ string) string {
	g.hit("two-results")
	errVar := g.scope.vars["err"]
	errName := "err"
	if errVar != nil && errVar.typ != "error" || errVar == nil && g.taken("err") {
		errName = "_"
	}
	if errVar != nil && errName == "err" {
		g.hit("err-reused")
	}
	name := g.fresh()
	for name == "err" {
		name = g.fresh()
	}
	g.declare(name, typ, true)
	if errName == "err" && errVar == nil {
		errVar = g.declare("err", "error", false)
	}
	s := fmt.Sprintf("%s, %s := %s", name, errName, call)
	if errName == "err" && g.chance(60) {
		errVar.used = true
		s += fmt.Sprintf("\nif err != nil {\n%s}", g.errBody())
	}
	return s
}

func (g *generator) errBody() string {
	text := fmt.Sprintf("%s(%d, err)\n", g.rt("P"), g.id())
	if g.chance(50) {
		text += g.ret() + "\n"
	}
	return text
}

// ifStmt writes an if with a condition, in one of its forms.
func (g *generator) ifStmt(cond string) string {
	s := "if " + cond + " " + g.block(1+g.r.IntN(3))
	for g.chance(25) {
		g.hit("else-if")
		switch g.r.IntN(4) {
		case 0:
			g.push(false)
			name := g.fresh()
			v := g.declare(name, "int", true)
			init := g.intInit()
			v.used = true
			s += fmt.Sprintf(" else if %s := %s; %s > %d %s", name, init, name, g.r.IntN(3), g.block(1))
			// The rest of the chain sees the variable too; the chain ends here.
			g.pop()
			return s
		case 1:
			s += " else if " + g.flagCond() + " " + g.block(1+g.r.IntN(2))
		default:
			s += " else if " + g.boolExpr(1) + " " + g.block(1+g.r.IntN(2))
		}
	}
	if g.chance(45) {
		g.hit("else")
		s += " else " + g.block(1+g.r.IntN(3))
	}
	return s
}

// intInit writes an int expression that names no local variable: it stands
// where a variable has been declared already.
func (g *generator) intInit() string {
	return fmt.Sprintf("%s(%d, %d)", g.rt("In"), g.id(), 2+g.r.IntN(4))
}

// loop writes the body of a loop in braces; label is its label, or empty.
func (g *generator) loop(label string, end func() string) string {
	f := g.fn
	f.loops++
	if loops := f.loops; end != nil {
		// A loop over a flag would never end after a continue.
		f.loops = 0
		defer func() { f.loops = loops - 1 }()
	}
	f.breaks++
	if label != "" {
		f.labels = append(f.labels, label)
	}
	g.push(false)
	text, _ := g.stmts(1+g.r.IntN(2), end)
	if label != "" && !strings.Contains(text, " "+label) {
		// A label must be used.
		text = fmt.Sprintf("if %s {\n%s %s\n}\n", g.paramCond(), pick(g, []string{"break", "continue"}), label) + text
	}
	g.pop()
	if label != "" {
		f.labels = f.labels[:len(f.labels)-1]
	}
	f.breaks--
	if end == nil {
		f.loops--
	}
	return "{\n" + g.tick() + text + "}"
}

// paramCond writes a condition that reads no variable of the innermost scope,
// for it is put at its start.
func (g *generator) paramCond() string {
	s := g.scope
	g.scope = s.parent
	defer func() { g.scope = s }()
	return g.flagCond()
}

// tick is the effect at the start of a loop's body, which bounds the run.
func (g *generator) tick() string { return g.emit() + "\n" }

func (g *generator) forStmt() string {
	if g.fn.loops > 1 {
		return g.emit()
	}
	label, prefix := "", ""
	if g.chance(35) {
		label = fmt.Sprintf("loop%dx", g.id())
	}
	var s string
	switch g.r.IntN(4) {
	case 0:
		g.hit("for-three")
		g.push(false)
		name := g.fresh()
		g.declare(name, "int", false).used = true
		cond := fmt.Sprintf("%s < %d", name, 1+g.r.IntN(3))
		if g.chance(40) {
			g.hit("flag-in-for-condition")
			cond += " && " + paren(g.flagCond())
		}
		s = fmt.Sprintf("for %s := 0; %s; %s++ %s", name, cond, name, g.loop(label, nil))
		g.pop()
	case 1:
		g.hit("range-int")
		s = fmt.Sprintf("for range %d %s", 1+g.r.IntN(3), g.loop(label, nil))
	case 2:
		g.hit("range-slice")
		over := g.expr("[]int", 1)
		g.push(false)
		name := g.fresh()
		v := g.declare(name, "int", true)
		body := g.loop(label, nil)
		if !v.used {
			body = fmt.Sprintf("{\n%s(%d, %s)", g.rt("P"), g.id(), name) + strings.TrimPrefix(body, "{")
		}
		s = fmt.Sprintf("for _, %s := range %s %s", name, over, body)
		g.pop()
	case 3:
		g.hit("flag-loop")
		cond := g.flagCond()
		if g.chance(50) {
			cond = "!" + paren(cond)
		}
		end := "break"
		if label != "" {
			end = "break " + label
		}
		s = fmt.Sprintf("for %s %s", cond, g.loop("", func() string { return end }))
		if label != "" {
			return label + ":\n" + s
		}
		return s
	}
	if label != "" {
		prefix = label + ":\n"
	}
	return prefix + s
}

// closure writes a function value and calls of it.
func (g *generator) closure() string {
	g.hit("closure")
	name := g.fresh()
	text := g.funcLit([]string{"int"}, []string{"int"})
	g.declare(name, "func", false)
	return fmt.Sprintf("%s := %s", name, text)
}

// funcLit writes a function literal.
func (g *generator) funcLit(params, results []string) string {
	outer := g.fn
	budget := min(3, *outer.budget)
	g.fn = &fn{outer: outer, results: results, budget: &budget}
	g.push(true)
	var ps []string
	for _, p := range params {
		name := g.fresh()
		g.declare(name, p, true).used = true
		ps = append(ps, name+" "+p)
	}
	g.push(false)
	text, _ := g.stmts(1+g.r.IntN(2), g.ending(results))
	g.pop()
	g.pop()
	g.fn = outer
	res := strings.Join(results, ", ")
	if len(results) > 1 {
		res = "(" + res + ")"
	}
	return fmt.Sprintf("func(%s) %s {\n%s}", strings.Join(ps, ", "), res, text)
}

func (g *generator) deferStmt() string {
	g.hit("defer")
	if g.chance(50) {
		return "defer " + g.emit()
	}
	return "defer " + g.funcLit(nil, nil) + "()"
}
