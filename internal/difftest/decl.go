package difftest

import (
	"fmt"
	"strings"
)

// add appends a declaration whose text write gives.
func (g *generator) add(write func() string) {
	g.decl = &decl{imports: map[string]bool{}}
	g.decl.text = write()
	g.pkg.decls = append(g.pkg.decls, g.decl)
	g.decl = nil
}

// object makes a package-level object known from here on.
func (g *generator) object(o *object) {
	o.pkg = g.pkg
	g.pkg.objs = append(g.pkg.objs, o)
}

// name reserves a package-level name: exported in half of the cases where
// another package could use it.
func (g *generator) name(base string, main bool) string {
	for i := 0; ; i++ {
		n := base
		if i > 0 {
			n = fmt.Sprintf("%s%d", base, i+1)
		}
		if (!main && g.chance(70)) || (main && g.chance(10)) {
			n = strings.ToUpper(n[:1]) + n[1:]
		}
		if !g.pkg.names[n] {
			g.pkg.names[n] = true
			return n
		}
	}
}

// packageDecls writes the declarations of a package.
func (g *generator) packageDecls(main bool) {
	for _, f := range g.flags {
		if g.chance(60) && !f.gate {
			g.keyConst(f, main)
		}
	}
	if g.target.gate && g.pkg == g.pkgs[0] {
		name := "Gate"
		g.pkg.names[name] = true
		g.add(func() string {
			return fmt.Sprintf("var %s = %s(%q, \"what it does\")", name, g.sdk("Register"), g.target.key)
		})
		g.object(&object{name: name, kind: "gate", flag: g.target})
	}
	if g.chance(50) {
		name := g.name("limit", main)
		g.add(func() string { return fmt.Sprintf("const %s = %d", name, 1+g.r.IntN(5)) })
		g.object(&object{name: name, kind: "const", typ: "int"})
	}
	if g.chance(60) {
		name := g.name("state", main)
		typ := pick(g, []string{"int", "string"})
		g.add(func() string {
			if !main && g.chance(95) {
				return fmt.Sprintf("var %s %s = %s", name, typ, map[string]string{"int": "4", "string": `"st"`}[typ])
			}
			// Of another package than main it runs only while that is imported.
			g.hit("initialiser-effect")
			if !main {
				g.hit("import-effect")
			}
			return fmt.Sprintf("var %s %s = %s", name, typ, g.expr(typ, 1))
		})
		g.object(&object{name: name, kind: "var", typ: typ, mutable: true})
	}
	if g.chance(40) {
		name := g.name("client", main)
		g.add(func() string { return fmt.Sprintf("var %s = %s()", name, g.sdk("New")) })
		g.object(&object{name: name, kind: "client"})
	}
	if g.chance(40) {
		g.keyFunc(main)
	}
	if g.chance(30) {
		name := g.name("useIt", main)
		g.hit("flag-var-declared")
		g.add(func() string {
			if g.chance(30) {
				return fmt.Sprintf("var (\n%s = %s\n)", name, g.flagCond())
			}
			return fmt.Sprintf("var %s = %s", name, g.flagCond())
		})
		g.object(&object{name: name, kind: "flagvar"})
	}
	for g.chance(40) {
		g.predicate(main)
	}
	if g.chance(50) {
		g.options()
	}
	if g.chance(30) {
		g.iface()
	}
	if g.chance(30) {
		name := g.name("choose", main)
		g.add(func() string {
			return fmt.Sprintf("func %s[T any](c bool, x, y T) T {\nif c {\nreturn x\n}\nreturn y\n}", name)
		})
		g.object(&object{name: name, kind: "generic"})
	}
	g.declareShapes()
	n := 1 + g.r.IntN(3)
	for range n {
		g.function(main)
	}
	if main {
		g.mainFunc()
	}
}

func (g *generator) keyConst(f *flagDef, main bool) {
	name := g.name("key"+strings.ToUpper(f.key[strings.Index(f.key, "-")+1:][:1]), main)
	g.add(func() string {
		doc := ""
		if g.chance(40) {
			doc = fmt.Sprintf("// %s is a flag.\n", name)
		}
		if g.chance(30) {
			g.hit("key-const-block")
			other := g.name("size", main)
			return fmt.Sprintf("const (\n%s%s = %q\n%s = %d\n)", doc, name, f.key, other, g.r.IntN(9))
		}
		return fmt.Sprintf("%sconst %s = %q", doc, name, f.key)
	})
	g.object(&object{name: name, kind: "key", flag: f})
}

// keyFunc is a wrapper that takes the key.
func (g *generator) keyFunc(main bool) {
	name := g.name("enabled", main)
	o := &object{name: name, kind: "keyfunc"}
	g.hit("key-wrapper-declared")
	g.add(func() string {
		switch g.r.IntN(4) {
		case 0:
			o.negated = true
			return fmt.Sprintf("func %s(key string) bool {\nreturn !%s(key, false)\n}", name, g.sdk("Bool"))
		case 1:
			return fmt.Sprintf("func %s(key string) bool {\nv, err := %s(key, true)\nreturn err == nil && v\n}", name, g.sdk("BoolErr"))
		case 2:
			return fmt.Sprintf("func %s(key string) bool {\nc := %s()\nreturn c.Enabled(key)\n}", name, g.sdk("New"))
		}
		return fmt.Sprintf("func %s(key string) bool {\nreturn %s(key, false)\n}", name, g.sdk("Bool"))
	})
	g.object(o)
}

// predicate is a function that tells about the flag.
func (g *generator) predicate(main bool) {
	name := g.name("useNew", main)
	g.hit("predicate-declared")
	g.add(func() string {
		budget := 2
		g.fn = &fn{results: []string{"bool"}, budget: &budget}
		g.push(true)
		defer func() { g.pop(); g.fn = nil }()
		form := g.r.IntN(5)
		if form == 3 {
			return fmt.Sprintf("func %s() bool {\nreturn %s\n}", name, g.boolExpr(1))
		}
		cond := g.flagCond()
		switch form {
		case 0:
			return fmt.Sprintf("func %s() bool {\nif %s {\nreturn true\n}\nreturn false\n}", name, cond)
		case 1:
			return fmt.Sprintf("func %s() bool {\nreturn !%s\n}", name, paren(cond))
		case 2:
			return fmt.Sprintf("func %s() bool {\n%s\nreturn %s\n}", name, g.emit(), cond)
		}
		return fmt.Sprintf("func %s() bool {\nreturn %s\n}", name, cond)
	})
	g.object(&object{name: name, kind: "predicate"})
}

// options declares a struct with the flag in a field, its constructor, and a method.
func (g *generator) options() {
	g.hit("options-declared")
	g.pkg.names["Options"], g.pkg.names["NewOptions"] = true, true
	g.add(func() string {
		return "// Options say what to do.\ntype Options struct {\nOn bool // whether it is on\nN  int\n}"
	})
	g.add(func() string {
		return fmt.Sprintf("func NewOptions(n int) Options {\nreturn Options{On: %s, N: n}\n}", g.flagCond())
	})
	if g.chance(60) {
		g.hit("options-method")
		g.add(func() string {
			return fmt.Sprintf("func (o Options) Size() int {\nif o.On {\n%s\nreturn o.N + 1\n}\nreturn o.N\n}", g.emit())
		})
	}
	g.object(&object{name: "Options", kind: "struct"})
}

// iface declares an interface and two implementations.
func (g *generator) iface() {
	g.hit("interface-declared")
	for _, n := range []string{"Runner", "OldRunner", "NewRunner"} {
		g.pkg.names[n] = true
	}
	g.add(func() string { return "type Runner interface {\nDo(n int) int\n}" })
	for _, n := range []string{"OldRunner", "NewRunner"} {
		g.add(func() string { return fmt.Sprintf("type %s struct{}", n) })
		g.add(func() string {
			return fmt.Sprintf("func (%s) Do(n int) int {\n%s\nreturn n + %d\n}", n, g.emit(), g.r.IntN(5))
		})
	}
	g.object(&object{name: "Runner", kind: "iface"})
}

// function writes a function with a random signature.
func (g *generator) function(main bool) {
	o := &object{kind: "func", name: g.name(pick(g, []string{"helper", "apply", "size", "total", "label"}), main)}
	for range g.r.IntN(3) {
		o.params = append(o.params, pick(g, []string{"int", "string", "bool"}))
	}
	o.results = pick(g, [][]string{nil, {"int"}, {"int"}, {"string"}, {"bool"}, {"int", "error"}, {"string", "error"}})
	g.add(func() string {
		budget := 4 + g.r.IntN(7)
		g.fn = &fn{results: o.results, budget: &budget}
		g.push(true)
		defer func() { g.pop(); g.fn = nil }()
		var params, results []string
		for _, p := range o.params {
			n := g.fresh()
			g.declare(n, p, true).used = true
			params = append(params, n+" "+p)
		}
		results = o.results
		if len(results) > 0 && g.chance(25) {
			g.hit("named-results")
			results = nil
			for _, r := range o.results {
				n := g.fresh()
				if r == "error" && g.scope.vars["err"] == nil {
					n = "err"
				}
				v := g.declare(n, r, r != "error")
				v.used, v.result = true, true
				g.fn.named = append(g.fn.named, n)
				results = append(results, n+" "+r)
			}
		}
		res := strings.Join(results, ", ")
		if len(results) > 1 || len(g.fn.named) > 0 {
			res = "(" + res + ")"
		}
		g.push(false)
		text, _ := g.stmts(2+g.r.IntN(4), g.ending(o.results))
		g.pop()
		return fmt.Sprintf("func %s(%s) %s {\n%s}", o.name, strings.Join(params, ", "), res, text)
	})
	g.object(o)
}

// ending returns what writes the terminating statement of a function with
// results, nil for one without.
func (g *generator) ending(results []string) func() string {
	if len(results) == 0 {
		return nil
	}
	return func() string {
		switch g.r.IntN(9) {
		case 0:
			g.hit("ends-in-if-else")
			return fmt.Sprintf("if %s {\n%s\n%s\n} else {\n%s\n}", g.flagCond(), g.emit(), g.ret(), g.ret())
		case 1:
			g.hit("ends-in-if-return")
			return fmt.Sprintf("if %s {\n%s\n}\n%s\n%s", g.flagCond(), g.ret(), g.emit(), g.ret())
		case 2:
			g.hit("ends-in-switch")
			return fmt.Sprintf("switch {\ncase %s:\n%s\ncase %s:\n%s\n%s\ndefault:\n%s\n}", g.plainCond(0), g.ret(), g.flagCond(), g.emit(), g.ret(), g.ret())
		case 3:
			g.hit("ends-in-for")
			return fmt.Sprintf("for {\nif %s {\n%s\n%s\n}\n%s\n%s\n}", g.flagCond(), g.emit(), g.ret(), g.emit(), g.ret())
		case 4:
			g.hit("ends-in-switch-flag")
			return fmt.Sprintf("switch %s {\ncase true:\n%s\ndefault:\n%s\n}", g.flagCond(), g.ret(), g.ret())
		case 5:
			g.hit("ends-in-panic")
			return fmt.Sprintf("if !%s {\n%s\n}\npanic(%q)", paren(g.boolExpr(1)), g.ret(), "unreachable")
		}
		return g.ret()
	}
}

func (g *generator) mainFunc() {
	g.add(func() string {
		budget := 8 + g.r.IntN(10)
		g.fn = &fn{budget: &budget}
		g.push(true)
		defer func() { g.pop(); g.fn = nil }()
		g.push(false)
		// What it does before it can leave calls the functions of the program.
		text := ""
		for _, o := range g.objects(func(o *object) bool { return o.kind == "func" }) {
			if g.chance(70) {
				call := g.call(o, 1)
				switch len(o.results) {
				case 0:
					text += call + "\n"
				default:
					text += fmt.Sprintf("%s(%d, func() any { %s return x }())\n", g.rt("P"), g.id(), assignFirst(len(o.results), call))
				}
			}
		}
		body, _ := g.stmts(4+g.r.IntN(4), nil)
		g.pop()
		return "func main() {\n" + text + body + "}"
	})
}

func assignFirst(results int, call string) string {
	if results == 2 {
		return "x, err := " + call + "; if err != nil { return err };"
	}
	return "x := " + call + ";"
}
