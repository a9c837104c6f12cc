package provider

import (
	"fmt"
	"go/token"
	"strings"
)

// member is a name of go/types taken apart: a package-level object, or a method
// or field of a type.
type member struct {
	recv string // name of the declaring type, empty for package-level objects
	ptr  bool   // the method has a pointer receiver
	name string
}

// in renders m of package path as go/types prints it.
func (m member) in(path string) string {
	switch {
	case m.recv == "":
		return path + "." + m.name
	case m.ptr:
		return "(*" + path + "." + m.recv + ")." + m.name
	}
	return "(" + path + "." + m.recv + ")." + m.name
}

// parseFunc takes the full name of a function or method apart:
// p/q.F, (p/q.T).M, (*p/q.T[K]).M.
func parseFunc(s string) (path string, m member, err error) {
	rest, method := strings.CutPrefix(s, "(")
	if !method {
		path, m.name, err = parseType(s)
		return path, m, err
	}
	typ, name, ok := strings.Cut(rest, ").")
	if !ok {
		return "", m, fmt.Errorf("%q is no method (want (*path.Type).Method)", s)
	}
	typ, m.ptr = strings.CutPrefix(typ, "*")
	m.name = name
	if path, m.recv, err = parseType(typ); err == nil && !token.IsIdentifier(m.name) {
		err = fmt.Errorf("%q has no method name", s)
	}
	return path, m, err
}

// parseType takes path.Name apart, type parameters left out.
func parseType(s string) (path, name string, err error) {
	name, _, _ = strings.Cut(s, "[")
	i := strings.LastIndexByte(name, '.')
	if i <= strings.LastIndexByte(name, '/') || i == 0 {
		return "", "", fmt.Errorf("%q names no package (want path.Name, as go/types prints it)", s)
	}
	path, name = name[:i], name[i+1:]
	if !token.IsIdentifier(name) {
		return "", "", fmt.Errorf("%q is no Go name in %q", name, s)
	}
	if strings.ContainsAny(path, "(){}*[] \t") {
		return "", "", fmt.Errorf("%q is no package path in %q", path, s)
	}
	return path, name, nil
}

// maxExpansion bounds what the alternatives of one name may grow to.
const maxExpansion = 256

// expand replaces {A,B} by each alternative; {mod} is left.
func expand(s string) ([]string, error) {
	out := []string{""}
	for {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			break
		}
		end := strings.IndexByte(s[i:], '}')
		if s[i] == '}' || end < 0 {
			return nil, fmt.Errorf("unpaired brace in %q", s)
		}
		body := s[i+1 : i+end]
		var alts []string
		switch {
		case strings.ContainsRune(body, '{'):
			return nil, fmt.Errorf("nested braces in %q", s)
		case body == "mod":
			alts = []string{"{mod}"}
		case strings.ContainsRune(body, ','):
			alts = strings.Split(body, ",")
		default:
			return nil, fmt.Errorf("unknown placeholder {%s} (want {mod}, or alternatives {A,B})", body)
		}
		if len(out)*len(alts) > maxExpansion {
			return nil, fmt.Errorf("%q has more than %d alternatives", s, maxExpansion)
		}
		next := make([]string, 0, len(out)*len(alts))
		for _, o := range out {
			for _, a := range alts {
				next = append(next, o+s[:i]+strings.TrimSpace(a))
			}
		}
		out, s = next, s[i+end+1:]
	}
	for i := range out {
		out[i] += s
	}
	return out, nil
}

// names gives the full names that a name of the data stands for: alternatives
// expanded and {mod} replaced by each module.
func (s *Spec) names(name string) ([]string, error) {
	alts, err := expand(name)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(name, "{mod}") {
		return alts, nil
	}
	if len(s.Modules) == 0 {
		return nil, fmt.Errorf("%q says {mod}, but no modules are given", name)
	}
	var out []string
	for _, m := range s.Modules {
		for _, a := range alts {
			out = append(out, strings.ReplaceAll(a, "{mod}", m))
		}
	}
	return out, nil
}

// stripVersion takes the version suffix behind module out of path, which lies in
// that module: m/v7/x gives m/x and 7; m.v4/x (gopkg.in) gives m/x and 4. The
// major version of a path without suffix is 1, or 0: it counts as 1.
func stripVersion(path, module string) (stripped string, major int, ok bool) {
	rest, ok := strings.CutPrefix(path, module)
	if !ok {
		return "", 0, false
	}
	if rest == "" {
		return path, 1, true
	}
	elem, tail := rest[1:], ""
	if i := strings.IndexByte(elem, '/'); i >= 0 {
		elem, tail = elem[:i], elem[i:]
	}
	n, versioned := version(elem)
	switch {
	case rest[0] == '/' && versioned:
		return module + tail, n, true
	case rest[0] == '/':
		return path, 1, true
	case rest[0] == '.' && versioned && strings.HasPrefix(module, "gopkg.in/"):
		return module + tail, n, true
	}
	return "", 0, false
}

// version reads v7.
func version(elem string) (int, bool) {
	digits, ok := strings.CutPrefix(elem, "v")
	if !ok || digits == "" || len(digits) > 4 {
		return 0, false
	}
	n := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
