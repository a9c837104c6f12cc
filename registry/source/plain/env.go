package plain

import (
	"path"
	"regexp"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Env returns the format of .env files. An environment holds secrets too, so that
// a line is a flag only where its name begins with one of the prefixes that the
// env provider knows, or where the comment above it or behind it says `flag:`.
func Env() registry.Format { return env{} }

type env struct{}

func (env) Name() string { return "env" }

var (
	envLine   = regexp.MustCompile(`^(\s*(?:export\s+)?)([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$`)
	envPrefix = regexp.MustCompile(`^(FF_|FEATURES?_|TOGGLE_|FLAG_)`)
)

// Recognize knows the names .env, .env.production and production.env.
func (env) Recognize(name string, _ []byte) registry.Match {
	base := path.Base(name)
	if base == ".env" || strings.HasPrefix(base, ".env.") || path.Ext(base) == ".env" {
		return registry.MatchName
	}
	return registry.NoMatch
}

// Parse reads NAME=VALUE lines.
func (env) Parse(name string, data []byte) ([]*registry.Flag, error) {
	f := read.NewFile("env", name, true)
	var above *notes
	for i, line := range text(f, data) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			above = nil
			continue
		}
		if rest, ok := strings.CutPrefix(trimmed, "#"); ok {
			if n := comment(f, i+1, strings.Index(line, "#")+1, rest); n != nil {
				above = n
			}
			continue
		}
		m := envLine.FindStringSubmatchIndex(line)
		if m == nil {
			f.Errorf(i+1, 1, "is no NAME=VALUE line")
			continue
		}
		key, value := line[m[4]:m[5]], line[m[6]:m[7]]
		value, behind, closed := envValue(value)
		if !closed {
			f.Errorf(i+1, m[6]+1, "a quote is not closed on its line")
			continue
		}
		about := above
		above = nil
		if behind != "" {
			if n := comment(f, i+1, strings.LastIndex(line, "#")+1, behind); n != nil {
				about = n
			}
		}
		if about == nil && !envPrefix.MatchString(key) {
			continue
		}
		row := f.Row(i+1, m[4]+1, key)
		about.apply(f, row)
		row.SetType(read.Node{}, registry.TypeUnknown) // the program reads it as it likes
		if on, ok := word(value); ok {
			serve(f, row, i+1, m[4]+1, registry.Bool(on))
		} else if value != "" {
			serve(f, row, i+1, m[4]+1, registry.String(value))
		}
	}
	return f.Flags()
}

// envValue takes quotes and a comment from what stands behind the = sign.
func envValue(s string) (value, comment string, closed bool) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		quote := s[0]
		for i := 1; i < len(s); i++ {
			if s[i] == '\\' && quote == '"' {
				i++
			} else if s[i] == quote {
				_, comment, _ = strings.Cut(s[i+1:], "#")
				return s[1:i], comment, true
			}
		}
		return "", "", false
	}
	for i := range len(s) {
		if s[i] == '#' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t') {
			return strings.TrimSpace(s[:i]), s[i+1:], true
		}
	}
	return strings.TrimSpace(s), "", true
}
