package difftest

import "fmt"

// The shapes of real programs that hold a flag: options, copies of a setting in
// several structs, parameters over several levels, and the like. Declarations come
// first, with the object by which statements use them.

// shape is a pattern: what declares it, and what writes a statement that uses it.
type shape struct {
	kind    string
	declare func(g *generator)
	use     func(g *generator, o *object) string
}

var shapes = []shape{
	{"option-functions", (*generator).optionFuncs, (*generator).useOptionFuncs},
	{"copied-fields", (*generator).copiedFields, (*generator).useCopiedFields},
	{"parameter-levels", (*generator).levels, (*generator).useLevels},
	{"constant-error", (*generator).constantError, (*generator).useConstantError},
	{"embedded", (*generator).embedded, (*generator).useEmbedded},
	{"iterator", (*generator).iterator, (*generator).useIterator},
	{"iota", (*generator).iotaBlock, (*generator).useIota},
	{"function-variable", (*generator).functionVariable, (*generator).useFunctionVariable},
	{"generic-type", (*generator).genericType, (*generator).useGenericType},
	{"set-when-made", (*generator).setWhenMade, (*generator).useSetWhenMade},
	{"assigned-at-start", (*generator).assignedAtStart, (*generator).useAssignedAtStart},
}

// declareShapes writes the declarations of some patterns.
func (g *generator) declareShapes() {
	for _, s := range shapes {
		if g.chance(9) {
			g.hit(s.kind + "-declared")
			s.declare(g)
		}
	}
	if g.chance(12) {
		g.hit("init-function")
		g.add(func() string {
			return fmt.Sprintf("func init() {\nif %s {\n%s\n} else {\n%s\n}\n}", g.flagCond(), g.emit(), g.emit())
		})
	}
}

// shapeStmt writes a statement that uses a pattern.
func (g *generator) shapeStmt() string {
	switch g.r.IntN(8) {
	case 7:
		return g.chosenElement()
	case 6:
		return g.filled()
	case 5:
		return g.askedAgain()
	case 0:
		return g.recovered()
	case 1:
		return g.nested()
	case 2:
		return g.closureParameter()
	}
	for _, i := range g.r.Perm(len(shapes)) {
		s := shapes[i]
		if os := g.objects(func(o *object) bool { return o.kind == s.kind }); len(os) > 0 {
			g.hit(s.kind)
			return s.use(g, pick(g, os))
		}
	}
	return g.recovered()
}

// sibling names something that a pattern declared beside its object.
func (g *generator) sibling(o *object, prefix string) string { return g.ref(o.as(prefix)) }

// pattern makes a pattern known, under a name that its declarations end in.
func (g *generator) pattern(kind, base string, declare func(name string) string) {
	name := ""
	// Always exported, so that every package that comes after can use it.
	for n := 1; ; n++ {
		name = fmt.Sprint(base, n)
		if !g.pkg.names[name] {
			break
		}
	}
	g.pkg.names[name] = true
	g.add(func() string { return declare(name) })
	g.object(&object{name: name, kind: kind})
}

func (g *generator) optionFuncs() {
	g.pattern("option-functions", "Tuned", func(n string) string {
		return fmt.Sprintf("type Set%[1]s struct {\nfast bool\nsize int\n}\n\ntype Opt%[1]s func(*Set%[1]s)\n\nfunc With%[1]s(on bool) Opt%[1]s {\nreturn func(s *Set%[1]s) { s.fast = on }\n}\n\nfunc Sized%[1]s(n int) Opt%[1]s {\nreturn func(s *Set%[1]s) { s.size = n }\n}\n\nfunc %[1]s(opts ...Opt%[1]s) int {\ns := Set%[1]s{size: 1}\nfor _, o := range opts {\no(&s)\n}\nif s.fast {\n%[2]s\nreturn s.size + 1\n}\n%[3]s\nreturn s.size\n}", n, g.emit(), g.emit())
	})
}

func (g *generator) useOptionFuncs(o *object) string {
	return fmt.Sprintf("%s(%d, %s(%s(%s), %s(%d)))", g.rt("P"), g.id(), g.ref(o), g.sibling(o, "With"), g.flagCond(), g.sibling(o, "Sized"), g.r.IntN(5))
}

func (g *generator) copiedFields() {
	g.pattern("copied-fields", "Served", func(n string) string {
		return fmt.Sprintf("type Conf%[1]s struct {\nFast bool\nN int\n}\n\ntype %[1]s struct {\nconf Conf%[1]s\nfast bool\nhook func(int) int\n}\n\nfunc Make%[1]s(c Conf%[1]s) *%[1]s {\ns := &%[1]s{conf: c, fast: c.Fast}\nif c.Fast {\ns.hook = func(n int) int {\n%[2]s\nreturn n + 1\n}\n}\nreturn s\n}\n\nfunc (s *%[1]s) Handle(n int) int {\nif s.hook != nil {\nn = s.hook(n)\n}\nif s.fast && s.conf.N > n {\n%[3]s\n}\nif !s.conf.Fast {\n%[4]s\nreturn n\n}\nreturn n + s.conf.N\n}", n, g.emit(), g.emit(), g.emit())
	})
}

func (g *generator) useCopiedFields(o *object) string {
	return fmt.Sprintf("%s(%d, %s(%s{Fast: %s, N: %s}).Handle(%d))", g.rt("P"), g.id(), g.sibling(o, "Make"), g.sibling(o, "Conf"), g.flagCond(), g.intExpr(1), g.r.IntN(4))
}

func (g *generator) levels() {
	g.pattern("parameter-levels", "Level", func(n string) string {
		return fmt.Sprintf("func %[1]s(n int, on bool) int {\nif n > 2 {\nreturn Two%[1]s(!on, n)\n}\nreturn Two%[1]s(!on, n+1)\n}\n\nfunc Two%[1]s(off bool, n int) int {\nif off && %[5]s {\n%[2]s\nreturn n\n}\nv, ok := Three%[1]s(n, off)\nif !ok {\n%[3]s\n}\nreturn v\n}\n\nfunc Three%[1]s(n int, off bool) (v int, ok bool) {\nif off {\n%[4]s\nreturn n, false\n}\nv = n + 1\nok = !off\nreturn\n}", n, g.emit(), g.emit(), g.emit(), paren(g.plainCond(0)))
	})
}

func (g *generator) useLevels(o *object) string {
	return fmt.Sprintf("%s(%d, %s(%s, %s))", g.rt("P"), g.id(), g.ref(o), g.intExpr(1), g.flagCond())
}

func (g *generator) constantError() {
	g.pattern("constant-error", "Verify", func(n string) string {
		return fmt.Sprintf("func %s(n int) error {\nif %s {\nreturn nil\n}\n%s\nif n > 1 {\nreturn %s.New(\"verify\")\n}\nreturn nil\n}", n, g.flagCond(), g.emit(), g.use("errors"))
	})
}

func (g *generator) useConstantError(o *object) string {
	e := fmt.Sprintf("e%d", g.id())
	call := fmt.Sprintf("%s(%s)", g.ref(o), g.intExpr(1))
	if g.chance(50) {
		return fmt.Sprintf("if %[1]s := %[2]s; %[1]s != nil {\n%[3]s(%[4]d, %[1]s)\n} else {\n%[5]s\n}", e, call, g.rt("P"), g.id(), g.emit())
	}
	return fmt.Sprintf("%[1]s := %[2]s\nif %[1]s == nil {\n%[3]s\n}\n%[4]s(%[5]d, %[1]s)", e, call, g.emit(), g.rt("P"), g.id())
}

func (g *generator) embedded() {
	g.pattern("embedded", "Outer", func(n string) string {
		return fmt.Sprintf("type Base%[1]s struct {\nOn bool\nN int\n}\n\nfunc (b Base%[1]s) Value() int {\nif b.On {\n%[2]s\nreturn b.N\n}\nreturn -b.N\n}\n\ntype %[1]s struct {\nBase%[1]s\nM int\n}", n, g.emit())
	})
}

func (g *generator) useEmbedded(o *object) string {
	v := fmt.Sprintf("o%d", g.id())
	base := g.sibling(o, "Base")
	return fmt.Sprintf("%[1]s := %[2]s{Base%[3]s: %[4]s{On: %[5]s, N: 3}, M: %[6]d}\nif %[1]s.On {\n%[7]s\n}\n%[8]s(%[9]d, %[1]s.Value(), %[1]s.M)",
		v, g.ref(o), o.name, base, g.flagCond(), g.r.IntN(4), g.emit(), g.rt("P"), g.id())
}

func (g *generator) iterator() {
	g.pattern("iterator", "Each", func(n string) string {
		return fmt.Sprintf("func %s(yield func(int) bool) {\nfor i := range 3 {\nif %s && i == 1 {\n%s\ncontinue\n}\nif !yield(i) {\nreturn\n}\n}\n}", n, paren(g.flagCond()), g.emit())
	})
}

func (g *generator) useIterator(o *object) string {
	v := fmt.Sprintf("i%d", g.id())
	return fmt.Sprintf("for %s := range %s {\nif %s {\n%s\n%s\n}\n%s(%d, %s)\n}", v, g.ref(o), g.boolExpr(1), g.emit(), pick(g, []string{"break", "continue"}), g.rt("P"), g.id(), v)
}

func (g *generator) iotaBlock() {
	g.pattern("iota", "Auto", func(n string) string {
		return fmt.Sprintf("type Kind%[1]s int\n\nconst (\nOff%[1]s Kind%[1]s = iota\nOn%[1]s\n%[1]s\n)\n\nfunc Pick%[1]s() Kind%[1]s {\nif %[2]s {\nreturn On%[1]s\n}\nreturn Off%[1]s\n}", n, g.flagCond())
	})
}

func (g *generator) useIota(o *object) string {
	return fmt.Sprintf("switch %s() {\ncase %s:\n%s\ncase %s:\n%s\ndefault:\n%s\n}\n%s(%d, int(%s))", g.sibling(o, "Pick"), g.sibling(o, "Off"), g.emit(), g.sibling(o, "On"), g.emit(), g.emit(), g.rt("P"), g.id(), g.ref(o))
}

func (g *generator) functionVariable() {
	g.pattern("function-variable", "Ask", func(n string) string {
		return fmt.Sprintf("var %s = func() bool { return %s }", n, g.flagCond())
	})
}

func (g *generator) useFunctionVariable(o *object) string {
	return fmt.Sprintf("if %s() {\n%s\n} else {\n%s\n}", g.ref(o), g.emit(), g.emit())
}

func (g *generator) genericType() {
	g.pattern("generic-type", "Box", func(n string) string {
		return fmt.Sprintf("type %[1]s[T any] struct {\nv T\non bool\n}\n\nfunc Put%[1]s[T any](v T, on bool) %[1]s[T] {\nreturn %[1]s[T]{v: v, on: on}\n}\n\nfunc (b %[1]s[T]) Get(other T) T {\nif b.on {\n%[2]s\nreturn b.v\n}\nreturn other\n}", n, g.emit())
	})
}

func (g *generator) useGenericType(o *object) string {
	return fmt.Sprintf("%s(%d, %s(%s, %s).Get(%d))", g.rt("P"), g.id(), g.sibling(o, "Put"), g.intExpr(1), g.flagCond(), g.r.IntN(9))
}

// recovered is a closure that recovers from a panic, which the flag decides on.
func (g *generator) recovered() string {
	g.hit("recover")
	r := fmt.Sprintf("r%d", g.id())
	return fmt.Sprintf("func() {\ndefer func() {\nif %[1]s := recover(); %[1]s != nil && %[2]s {\n%[3]s(%[4]d, %[1]s)\n}\n}()\nif %[5]s {\npanic(%[6]q)\n}\n%[7]s\n}()",
		r, paren(g.boolExpr(1)), g.rt("P"), g.id(), g.flagCond(), fmt.Sprint("p", g.id()), g.emit())
}

// nested has the flag within another flag's branch, or around it.
func (g *generator) nested() string {
	other, ok := g.otherFlag()
	if !ok {
		return g.recovered()
	}
	g.hit("nested-flags")
	outer, inner := g.flagCond(), other
	if g.chance(50) {
		outer, inner = inner, outer
	}
	return fmt.Sprintf("if %s {\nif %s {\n%s\n} else {\n%s\n}\n%s\n} else if %s {\n%s\n}", outer, inner, g.emit(), g.emit(), g.emit(), inner, g.emit())
}

// closureParameter is a closure that takes the flag as a parameter: called where it
// stands, now or when the function ends, or held by a variable that is called several times,
// now and then with something else than the flag.
func (g *generator) closureParameter() string {
	g.hit("closure-parameter")
	on, n := fmt.Sprintf("on%d", g.id()), fmt.Sprintf("n%d", g.id())
	body := fmt.Sprintf("if %s {\n%s\n}\n%s(%d, %s)", pick(g, []string{on, "!" + on, on + " && " + n + " > 1", n + " > 2 || " + on}), g.emit(), g.rt("P"), g.id(), n)
	switch g.r.IntN(8) {
	case 0:
		body += fmt.Sprintf("\nif %s > 2 {\n%s = !%[2]s\n}\n%[3]s(%[4]d, %[2]s)", n, on, g.rt("P"), g.id())
	case 1:
		body += fmt.Sprintf("\nfunc() {\nif %s {\n%s\n}\n}()", on, g.emit())
	case 2:
		body += fmt.Sprintf("\np%s := &%[1]s\n*p%[1]s = %[2]s > 1\n%[3]s(%[4]d, %[1]s)", on, n, g.rt("P"), g.id())
	case 3:
		body += fmt.Sprintf("\n%s(%d, %s)", g.rt("P"), g.id(), on) // as data
	}
	closure := fmt.Sprintf("func(%s bool, %s int) {\n%s\n}", on, n, body)
	if g.chance(50) {
		return pick(g, []string{"", "", "defer "}) + closure + fmt.Sprintf("(%s, %s)", g.boolExpr(g.r.IntN(2)), g.intExpr(0))
	}
	f := fmt.Sprintf("f%d", g.id())
	text := fmt.Sprintf("%s := %s", f, closure)
	for range 1 + g.r.IntN(2) {
		text += fmt.Sprintf("\n%s(%s, %s)", f, g.flagCond(), g.intExpr(0))
	}
	switch g.r.IntN(6) {
	case 0:
		text += fmt.Sprintf("\n%s(%v, 3)", f, g.chance(50))
	case 1:
		text += fmt.Sprintf("\ng%s := %[1]s\ng%[1]s(%v, 2)", f, g.chance(50))
	case 2:
		text += fmt.Sprintf("\nif %s {\n%s = func(bool, int) { %s }\n}\n%[2]s(%[4]s, 1)", g.plainCond(0), f, g.emit(), g.flagCond())
	}
	return text
}

// askedAgain asks for a condition beside the flag and then alone: in an else, in another
// case, in the next statement. Now and then it has changed by then.
func (g *generator) askedAgain() string {
	g.hit("asked-again")
	c, n := fmt.Sprintf("c%d", g.id()), fmt.Sprintf("n%d", g.id())
	text := fmt.Sprintf("%s, %s := %s(%d, %v), %s(%d, 4)\n", c, n, g.rt("B"), g.id(), g.chance(50), g.rt("In"), g.id())
	cond := pick(g, []string{c, n + " > 1", c + " && " + n + " > 1", "!" + c, n + " == 1 || " + c})
	with := func(flag string) string {
		if g.chance(50) {
			return paren(cond) + " && " + paren(flag)
		}
		return paren(flag) + " && " + paren(cond)
	}
	again := func() string {
		change := fmt.Sprintf("func() bool {\n%s, %s = !%[1]s, 3-%[2]s\nreturn true\n}()", c, n)
		return pick(g, []string{cond, cond, cond, paren(cond) + " && " + n + " < 3", c + " || " + n + " > 2", "!" + paren(cond), change + " && " + paren(cond), paren(cond) + " && " + change})
	}
	flag := g.flagCond()
	if g.chance(30) {
		flag = "!" + paren(flag)
	}
	switch g.r.IntN(3) {
	case 0:
		text += fmt.Sprintf("if %s {\n%s\n} else if %s {\n%s\n} else if %s {\n%s\n} else {\n%s\n}", with(flag), g.emit(), again(), g.emit(), again(), g.emit(), g.emit())
	case 1:
		text += fmt.Sprintf("switch {\ncase %s:\n%s\n", with(flag), g.emit())
		for range 2 {
			text += fmt.Sprintf("case %s:\n%s\n", again(), g.emit())
			if g.chance(20) {
				text += "fallthrough\n"
			}
		}
		text += fmt.Sprintf("default:\n%s\n}", g.emit())
	default:
		text += fmt.Sprintf("if %s {\n%s\n%s\n}\n", with(flag), g.emit(), g.jump())
		if g.chance(20) {
			text += fmt.Sprintf("%s = !%[1]s\n", c)
		}
		text += fmt.Sprintf("if %s {\n%s\n}\nif %s {\n%s\n}", again(), g.emit(), again(), g.emit())
	}
	return fmt.Sprintf("{\n%s\n%s(%d, %s, %s)\n}", text, g.rt("P"), g.id(), c, n)
}

// setWhenMade is a struct whose fields are given behind the literal that makes it, and
// a variable of the package, some of them where the flag decides; now and then
// something comes between, or gives them another value.
func (g *generator) setWhenMade() {
	g.pattern("set-when-made", "Server", func(n string) string {
		maybe := func(percent int, text string, args ...any) string {
			if !g.chance(percent) {
				return ""
			}
			return fmt.Sprintf(text, args...)
		}
		made := pick(g, []string{"s := &%[1]s{size: n}", "s := new(%[1]s)\ns.size = n", "var v%[1]s %[1]s\nv%[1]s.size = n\ns := &v%[1]s"})
		body := fmt.Sprintf(made, n) + "\n" +
			maybe(20, "if %s {\nreturn s\n}\n", g.plainCond(0)) +
			fmt.Sprintf("if %s {\ns.fast = %t\n%s\n}", g.flagCond(), g.chance(80), g.emit()) +
			maybe(40, " else {\ns.name = \"%s\"\n}", n) + "\n" +
			maybe(25, "if %s {\ns.fast = %t\n}\n", g.plainCond(0), g.chance(50)) +
			maybe(40, "s.on = %s\n", g.flagCond()) +
			maybe(15, "s.on = !s.on\n") +
			maybe(30, "if %s {\nState%[2]s = %[3]t\n}\n", g.flagCond(), n, g.chance(80)) +
			maybe(20, "if %s {\nState%[2]s = %[3]t\n}\n", g.plainCond(0), n, g.chance(50)) +
			"return s"
		return fmt.Sprintf("type %[1]s struct {\nfast, on bool\nsize int\nname string\n}\n\nvar State%[1]s bool\n\nfunc New%[1]s(n int) *%[1]s {\n%[2]s\n}\n\nfunc (s *%[1]s) Run() int {\nif s.fast {\n%[3]s\n}\nif s.name == \"%[1]s\" && !s.on {\n%[4]s\nreturn s.size\n}\nif State%[1]s || s.on {\n%[5]s\n}\nreturn s.size + 1\n}",
			n, body, g.emit(), g.emit(), g.emit())
	})
}

func (g *generator) useSetWhenMade(o *object) string {
	v := fmt.Sprintf("w%d", g.id())
	other := ""
	if g.chance(40) {
		other = fmt.Sprintf(" else if %s {\n%s = %t\n}", g.plainCond(0), v, g.chance(60))
	}
	return fmt.Sprintf("%[1]s := %[2]t\nfor range 3 {\nif %[1]s {\n%[3]s\n}\nif %[4]s {\n%[1]s = %[5]t\n}%[6]s\n}\n%[7]s(%[8]d, %[9]s(%[10]s).Run(), %[1]s)",
		v, g.chance(20), g.emit(), g.flagCond(), g.chance(80), other, g.rt("P"), g.id(), g.sibling(o, "New"), g.intExpr(1))
}

// filled is a list, a map or a channel that the flag may fill, and then what looks into it,
// in some order.
func (g *generator) filled() string {
	v := fmt.Sprintf("v%d", g.id())
	print := func(format string, args ...any) string {
		return fmt.Sprintf("%s(%d, %s)", g.rt("P"), g.id(), fmt.Sprintf(format, args...))
	}
	var declared, fill string
	var uses []func() string
	loop := func() string { return fmt.Sprintf("for range %s {\n%s\n}", v, g.emit()) }
	size := func() string { return fmt.Sprintf("if len(%s) > %d {\n%s\n}", v, g.r.IntN(2), g.emit()) }
	boxed := func() string {
		return pick(g, []string{print("func() any { return %s }() == nil", v), fmt.Sprintf("{\nvar b%[1]s any = %[1]s\n", v) + print("b%s == nil", v) + "\n}"})
	}
	isNil := func() string { return fmt.Sprintf("if %s == nil {\n%s\n}", v, g.emit()) }
	switch g.r.IntN(3) {
	case 0:
		g.hit("filled-list")
		declared, fill = "var %s []int", "%[1]s = append(%[1]s, %[2]s)"
		uses = []func() string{loop, size, isNil, boxed,
			func() string { return fmt.Sprintf("%s = append(%[1]s, %d)", v, g.r.IntN(4)) },
			func() string { return print("append([]int{%s}, %s...)", g.intExpr(0), v) },
			func() string { return fmt.Sprintf("%s = append(%[1]s, %[1]s...)", v) },
			func() string { return print("%s[:0], append(%[1]s, 5)", v) },
			func() string {
				return fmt.Sprintf("if %s {\n%s = append(%[2]s, %[3]d)\n}", g.plainCond(0), v, g.r.IntN(4))
			},
		}
	case 1:
		g.hit("filled-map")
		declared, fill = "var %s map[string]int", "%[1]s = map[string]int{\"a\": %[2]s}"
		uses = []func() string{loop, size, isNil, boxed,
			func() string { return print("%s[\"a\"] + %[1]s[\"b\"]", v) },
			func() string {
				n := fmt.Sprintf("n%d", g.id())
				return fmt.Sprintf("if %[1]s, ok := %[2]s[\"a\"]; ok && %[1]s > 0 {\n%[3]s\n} else {\n%[4]s\n}", n, v, g.emit(), g.emit())
			},
			func() string { return fmt.Sprintf("delete(%s, \"a\")", v) },
			func() string { return fmt.Sprintf("if %s != nil {\n%[1]s[\"b\"] = %d\n}", v, g.r.IntN(4)) },
		}
	default:
		g.hit("filled-channel")
		declared, fill = "var %s chan int", "%[1]s = make(chan int, 2)\n%[1]s <- %[2]s"
		uses = []func() string{size, isNil, boxed,
			func() string {
				n := fmt.Sprintf("n%d", g.id())
				return fmt.Sprintf("select {\ncase %s := <-%s:\n%s\ndefault:\n%s\n}", n, v, print("%s", n), g.emit())
			},
			func() string {
				return fmt.Sprintf("select {\ncase %s <- 3:\n%s\ndefault:\n%s\n}", v, g.emit(), g.emit())
			},
		}
	}
	text := fmt.Sprintf("{\n"+declared+"\n", v) +
		fmt.Sprintf("if %s {\n%s\n}\n", g.flagCond(), fmt.Sprintf(fill, v, g.intExpr(0)))
	for range 1 + g.r.IntN(3) {
		text += pick(g, uses)() + "\n"
	}
	return text + print("len(%s)", v) + "\n}"
}

// assignedAtStart is a package variable that an init function gives the flag's value; now and then
// something reads it before, or gives it another value.
func (g *generator) assignedAtStart() {
	g.pattern("assigned-at-start", "Ready", func(n string) string {
		init := fmt.Sprintf("%s = %s", n, g.flagCond())
		if g.chance(30) {
			init = fmt.Sprintf("if %s {\n%s = %t\n}", g.flagCond(), n, g.chance(80))
		}
		switch g.r.IntN(6) {
		case 0:
			init = fmt.Sprintf("if Ask%s() > 1 {\n%s\n}\n%s", n, g.emit(), init)
		case 1:
			init += fmt.Sprintf("\nif %s {\n%s = %t\n}", g.plainCond(0), n, g.chance(50))
		case 2:
			init = fmt.Sprintf("if %s {\nreturn\n}\n%s", g.plainCond(0), init)
		}
		text := fmt.Sprintf("var %[1]s bool\n\nfunc init() {\n%[2]s\n}\n\nfunc Ask%[1]s() int {\nif %[1]s {\n%[3]s\nreturn 1\n}\n%[4]s\nreturn 2\n}", n, init, g.emit(), g.emit())
		switch g.r.IntN(5) {
		case 0:
			text += fmt.Sprintf("\n\nvar Early%[1]s = Ask%[1]s()", n)
		case 1:
			text += fmt.Sprintf("\n\ntype Asker%[1]s struct{}\n\nfunc (Asker%[1]s) Ask() int { return Ask%[1]s() }\n\nvar Early%[1]s = func(a interface{ Ask() int }) int { return a.Ask() }(Asker%[1]s{})", n)
		case 2:
			text = fmt.Sprintf("func init() {\nif Ask%s() > 1 {\n%s\n}\n}\n\n", n, g.emit()) + text
		}
		return text
	})
}

func (g *generator) useAssignedAtStart(o *object) string {
	text := fmt.Sprintf("%s(%d, %s())", g.rt("P"), g.id(), g.sibling(o, "Ask"))
	switch g.r.IntN(6) {
	case 0:
		text += fmt.Sprintf("\n%s = %t", g.ref(o), g.chance(50))
	case 1, 2:
		text += fmt.Sprintf("\nif %s {\n%s\n}", g.ref(o), g.emit())
	}
	return text
}

// chosenElement is an element of a literal that the flag chooses, and a list to which more is added where
// it is on.
func (g *generator) chosenElement() string {
	g.hit("chosen-element")
	v, w := fmt.Sprintf("v%d", g.id()), fmt.Sprintf("w%d", g.id())
	kind := pick(g, []string{"int", "int64", "any"})
	cell := func() string {
		if kind == "int" && g.chance(60) {
			return g.intExpr(1)
		}
		return fmt.Sprint(g.r.IntN(9))
	}
	text := fmt.Sprintf("%s := map[bool]%s{true: %s, false: %s}[%s]\n", v, kind, cell(), cell(), g.flagCond())
	text += fmt.Sprintf("%[1]s := []int{%[2]s, %[3]d}\nif %[4]s {\n%[1]s = append(%[1]s, %[5]s, %[6]s)\n}\n", w, g.intExpr(1), g.r.IntN(9), g.flagCond(), g.intExpr(1), g.intExpr(0))
	return fmt.Sprintf("{\n%s%s(%d, %s, %s)\n}", text, g.rt("P"), g.id(), v, w)
}
