package removal

import (
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Words by which names of tests speak of a flag's state. They are compared
// lower-cased.
var (
	offWords = map[string]bool{
		"off": true, "disabled": true, "disable": true, "disabling": true, "false": true, "without": true, "not": true,
		"no": true, "unset": true, "inactive": true, "missing": true, "legacy": true, "0": true,
	}
	onWords = map[string]bool{
		"on": true, "enabled": true, "enable": true, "enabling": true, "true": true, "with": true,
		"active": true, "1": true,
	}
	// flagNouns stand for the flag.
	flagNouns = map[string]bool{
		"flag": true, "gate": true, "feature": true, "toggle": true, "featureflag": true, "featuregate": true, "ff": true,
		"experiment": true, "switch": true, "killswitch": true, "envvar": true, "envvariable": true, "environmentvariable": true,
	}
	// fillers stand between the flag and its state.
	fillers = map[string]bool{
		"is": true, "are": true, "was": true, "the": true, "a": true, "an": true, "to": true, "turned": true, "switched": true, "being": true,
		"gets": true, "state": true, "when": true, "if": true, "while": true, "in": true, "case": true, "of": true, "test": true, "mode": true,
		"and": true, "value": true, "for": true, "set": true, "should": true, "be": true, "has": true, "been": true,
	}
	// genericWords in a flag's key say nothing of what it switches.
	genericWords = map[string]bool{
		"enable": true, "enabled": true, "enables": true, "feature": true, "flag": true, "gate": true, "use": true, "allow": true, "allows": true,
		"is": true, "experimental": true, "experiment": true, "ff": true, "toggle": true, "support": true, "rollout": true, "featuregate": true,
	}
	// inverting words in a flag's key turn its meaning round.
	inverting = map[string]bool{"disable": true, "disabled": true, "no": true, "without": true, "skip": true, "off": true, "deny": true, "prevent": true, "suppress": true}
)

// words splits a name: camel case, snake case, blanks and punctuation.
func words(s string) []string {
	var out []string
	var cur []rune
	flush := func() {
		if len(cur) > 0 {
			out = append(out, strings.ToLower(string(cur)))
			cur = nil
		}
	}
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(rs[i-1]) || unicode.IsDigit(rs[i-1]) ||
			i+1 < len(rs) && unicode.IsUpper(rs[i-1]) && unicode.IsLower(rs[i+1])):
			flush()
		}
		cur = append(cur, r)
	}
	flush()
	return out
}

// flagTerms are the names of a flag as word sequences, the longest first: in full, and
// without the generic words; inverted tells that such a short form speaks of the
// opposite of what the flag switches.
type flagTerm struct {
	text     string // the words, run together
	inverted bool
}

func (p *testPlan) flagTerms(key string) []flagTerm {
	var out []flagTerm
	add := func(name string) {
		ws := words(name)
		full := joined(ws)
		if len(full) >= 3 {
			out = append(out, flagTerm{full, false})
		}
		inverted := false
		short := slices.DeleteFunc(slices.Clone(ws), func(w string) bool {
			if inverting[w] {
				inverted = true
			}
			return genericWords[w] || inverting[w]
		})
		if s := joined(short); len(s) >= 3 && s != full && !genericWords[s] && !offWords[s] && !onWords[s] {
			out = append(out, flagTerm{s, inverted})
		}
		for i := 1; i+3 <= len(short); i++ { // three words of a long name tell it, too
			out = append(out, flagTerm{joined(short[i:]), inverted})
		}
	}
	add(key)
	if i := strings.LastIndexAny(key, "./:"); i >= 0 {
		add(key[i+1:])
	}
	for _, r := range p.e.refs {
		if r.Key == key && r.KeyObject != nil {
			if _, isFunc := r.KeyObject.(*types.Func); !isFunc {
				add(r.KeyObject.Name())
			}
		}
	}
	for _, oid := range slices.Sorted(maps.Keys(p.held)) {
		if p.held[oid] == key {
			add(p.e.x.objs[oid].Name())
		}
	}
	slices.SortStableFunc(out, func(a, b flagTerm) int { return len(b.text) - len(a.text) })
	return out
}

// joined runs words together, each in the singular.
func joined(ws []string) string {
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(singular(w))
	}
	return b.String()
}

// singular drops the s at the end of a word: names say "stats tags" for "stats tag".
func singular(w string) string {
	if len(w) > 3 {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// mentioned finds the flag in a name's words, from index from on: words[i:j] name it.
func mentioned(ws []string, terms []flagTerm, from int) (i, j int, t flagTerm, ok bool) {
	for _, t := range terms {
		for i := from; i < len(ws); i++ {
			text := ""
			for j := i; j < len(ws) && len(text) < len(t.text); j++ {
				text += singular(ws[j])
				if text == t.text {
					return i, j + 1, t, true
				}
			}
		}
	}
	return 0, 0, flagTerm{}, false
}

// speaksOfDead reports whether the names of a test say that it is about the
// state that the site sets, and that this is the dead one. Each part of the
// evidence is asked for: a state alone, or a flag alone, is none.
func (p *testPlan) speaksOfDead(s *site, names []string) bool {
	if len(names) == 0 {
		return false
	}
	c := p.constSet(s)
	return p.namesState(s.key, c, names, !p.setsOthers(s))
}

// namesState reports whether names speak of the flag having the value c. alone
// tells that the test sets no other flag.
func (p *testPlan) namesState(key string, c constant.Value, names []string, alone bool) bool {
	if len(names) == 0 {
		return false
	}
	var want, opposite map[string]bool
	switch v := p.boolOf(key, c); {
	case v == nil:
		return p.namesVariant(key, c, names)
	case *v:
		want, opposite = onWords, offWords
	default:
		want, opposite = offWords, onWords
	}
	terms := p.flagTerms(key)
	if alone {
		for n := range flagNouns {
			terms = append(terms, flagTerm{n, false})
		}
	}
	own := names[len(names)-1]
	// "new checkout disabled", "without new checkout"
	ws := words(own)
	for from := 0; ; {
		i, j, t, ok := mentioned(ws, terms, from)
		if !ok {
			break
		}
		w, o := want, opposite
		if t.inverted {
			w, o = o, w
		}
		if stateBeside(ws, i, j, w) && !stateBeside(ws, i, j, o) {
			return true
		}
		// "free shipping", of a flag of that name: the test of the feature, which is on. A
		// name of one word may be that of the whole place.
		others := slices.Concat(ws[:i], ws[j:])
		if w["on"] && j-i > 1 && !flagNouns[t.text] && !slices.ContainsFunc(others, func(o string) bool { return !fillers[o] }) {
			return true
		}
		from = j
	}
	// "…; free shipping", "free shipping: …": a part of a name is that of the flag, and the flag is on.
	for _, part := range strings.FieldsFunc(own, func(r rune) bool { return r == ';' || r == ',' || r == ':' }) {
		ws := words(part)
		i, j, t, ok := mentioned(ws, terms, 0)
		if ok && i == 0 && j == len(ws) && j > 1 && !flagNouns[t.text] && (want["on"] != t.inverted) {
			return true
		}
	}
	// A name, or a part of one behind an underscore, that is a state and nothing
	// else, below one that names the flag; or below any, when there is no other
	// flag to speak of.
	for _, part := range strings.FieldsFunc(own, func(r rune) bool { return r == '_' || r == '/' || r == ',' || r == ';' }) {
		if !onlyState(words(part), want, opposite) {
			continue
		}
		if len(names) > 1 && part == own && alone && p.hasOpposite(key, names, want, opposite) {
			return true
		}
		for _, n := range names {
			if _, _, t, ok := mentioned(words(n), terms, 0); ok && !t.inverted {
				return true
			}
		}
	}
	return false
}

// hasOpposite reports whether a subtest or row beside the one with these names
// sets the flag to the other value and is called after that: "on" beside "off".
func (p *testPlan) hasOpposite(key string, names []string, want, opposite map[string]bool) bool {
	beside := func(other []string) bool {
		n := len(names)
		return len(other) == n && slices.Equal(other[:n-1], names[:n-1]) && onlyState(words(other[n-1]), opposite, want)
	}
	for _, s := range p.sites {
		if s.key != key {
			continue
		}
		if p.stateOf(key, s.c) == stateKept && beside(s.scope.names) {
			return true
		}
	}
	for _, t := range p.tables {
		if t == nil {
			continue
		}
		for _, r := range t.rows {
			if r.site != nil && r.site.key == key && r.state == stateKept && beside(r.names(p)) {
				return true
			}
		}
	}
	return false
}

// boolOf is the state that a value of a bool flag is, nil for other flags.
func (p *testPlan) boolOf(key string, c constant.Value) *bool {
	v := goConstant(p.e.targets[key])
	if v == nil || c == nil || v.Kind() != constant.Bool {
		return nil
	}
	b := constant.BoolVal(v)
	if p.stateOf(key, c) == stateDead {
		b = !b
	}
	return &b
}

// stateBeside reports whether a word for a state stands beside words[i:j], with
// nothing but fillers between.
func stateBeside(ws []string, i, j int, states map[string]bool) bool {
	for k := j; k < len(ws); k++ {
		if states[ws[k]] && ws[k] != "with" && ws[k] != "without" && ws[k] != "no" {
			return ws[k] != "on" || k+1 == len(ws) // no preposition
		}
		if !fillers[ws[k]] && !flagNouns[ws[k]] {
			break
		}
	}
	for k := i - 1; k >= 0; k-- {
		if states[ws[k]] {
			// "with X disabled" speaks of what comes behind
			return ws[k] != "with" || !stateFollows(ws, j)
		}
		if !fillers[ws[k]] && !flagNouns[ws[k]] {
			break
		}
	}
	return false
}

func stateFollows(ws []string, j int) bool {
	for ; j < len(ws); j++ {
		if offWords[ws[j]] || onWords[ws[j]] {
			return true
		}
		if !fillers[ws[j]] && !flagNouns[ws[j]] {
			return false
		}
	}
	return false
}

// onlyState reports whether words tell a state and nothing else.
func onlyState(ws []string, want, opposite map[string]bool) bool {
	found := false
	for _, w := range ws {
		switch {
		case want[w]:
			found = true
		case opposite[w] && !fillers[w], !fillers[w] && !flagNouns[w]:
			return false
		}
	}
	return found
}

// namesVariant reports whether the name of a test is that of the variant that it
// sets, or names both the flag and the variant.
func (p *testPlan) namesVariant(key string, c constant.Value, names []string) bool {
	if c == nil || c.Kind() != constant.String {
		return false
	}
	variant := joined(words(constant.StringVal(c)))
	if len(variant) < 2 {
		return false
	}
	own := words(names[len(names)-1])
	if joined(own) == variant {
		return len(names) > 1
	}
	_, _, _, hasVariant := mentioned(own, []flagTerm{{variant, false}}, 0)
	if !hasVariant {
		return false
	}
	for _, n := range names {
		if _, _, _, ok := mentioned(words(n), p.flagTerms(key), 0); ok {
			return true
		}
	}
	return false
}

// setsOthers reports whether the scope of a site sets other flags too, so that
// "the flag" in its name may be one of those.
func (p *testPlan) setsOthers(s *site) bool {
	e := p.e
	if s.scope.node == nil {
		return false
	}
	from, to := s.scope.node.Pos(), s.scope.node.End()
	f := e.x.fileAt(from)
	for _, v := range f.views {
		if v.Refs == nil {
			continue
		}
		for _, r := range v.Refs.References {
			if r.Kind == "override" && r.Key != s.key && from <= r.Node.Pos() && r.Node.Pos() < to {
				return true
			}
		}
	}
	return false
}
