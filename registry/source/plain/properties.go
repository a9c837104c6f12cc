package plain

import (
	"path"
	"regexp"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// property is a line of an INI or properties file: where it stands, and what.
type property struct {
	section string
	line    int
	column  int
	name    string
	value   string
	about   *notes
}

// properties cuts a file into its properties. Comments begin with the marks given,
// names end at = or :, and, in properties files, lines that end with \ go on.
func properties(f *read.File, data []byte, marks string, sections bool) []property {
	var out []property
	var above *notes
	section := ""
	lines := text(f, data)
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		trimmed := strings.TrimSpace(line)
		column := len(line) - len(strings.TrimLeft(line, " \t\f")) + 1
		switch {
		case trimmed == "":
			above = nil
			continue
		case strings.ContainsRune(marks, rune(trimmed[0])):
			if n := comment(f, i+1, column, trimmed[1:]); n != nil {
				above = n
			}
			continue
		case sections && trimmed[0] == '[':
			name, rest, closed := strings.Cut(trimmed[1:], "]")
			if rest = strings.TrimSpace(rest); !closed || rest != "" && !strings.ContainsRune(marks, rune(rest[0])) {
				f.Errorf(i+1, column, "is no [SECTION]")
			}
			section, above = strings.TrimSpace(name), nil
			continue
		}
		first := i
		if !sections && continued(trimmed) {
			var whole strings.Builder
			for continued(trimmed) && i+1 < len(lines) {
				i++
				whole.WriteString(trimmed[:len(trimmed)-1])
				trimmed = strings.TrimSpace(lines[i])
			}
			whole.WriteString(trimmed)
			trimmed = whole.String()
		}
		at := strings.IndexAny(trimmed, "=:")
		if at < 0 {
			if sections {
				f.Errorf(first+1, column, "is no NAME = VALUE line")
				continue
			}
			at = len(trimmed)
		}
		value := ""
		if at < len(trimmed) {
			value = strings.TrimSpace(trimmed[at+1:])
		}
		out = append(out, property{section: section, line: first + 1, column: column, name: strings.TrimSpace(trimmed[:at]), value: value, about: above})
		above = nil
	}
	return out
}

// continued reports whether a line ends with an odd number of backslashes.
func continued(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// INI returns the format of INI files with a section of flags, such as [features].
func INI() registry.Format { return ini{} }

type ini struct{}

func (ini) Name() string { return "ini" }

var iniSection = regexp.MustCompile(`(?m)^[ \t]*\[([^\]\r\n]*)\]`)

// Recognize knows files that are called so, and have such a section.
func (ini) Recognize(name string, data []byte) registry.Match {
	switch path.Ext(name) {
	case ".ini", ".cfg", ".conf":
		for _, m := range iniSection.FindAllSubmatch(data, -1) {
			if isTableName(strings.TrimSpace(string(m[1]))) {
				return registry.MatchContent
			}
		}
	}
	return registry.NoMatch
}

// Parse reads the sections of flags; what stands in others is none of its business.
func (ini) Parse(name string, data []byte) ([]*registry.Flag, error) {
	f := read.NewFile("ini", name, true)
	for _, p := range properties(f, data, ";#", true) {
		if !isTableName(p.section) {
			continue
		}
		value, behind := p.value, ""
		if i := strings.IndexAny(value, ";#"); i >= 0 && (i == 0 || value[i-1] == ' ' || value[i-1] == '\t') {
			value, behind = strings.TrimSpace(value[:i]), value[i+1:]
		}
		if n := comment(f, p.line, p.column, behind); n != nil {
			p.about = n
		}
		p.value = value
		p.read(f)
	}
	return f.Flags()
}

// read adds the flag that a property is.
func (p property) read(f *read.File) *read.Row {
	row := f.Row(p.line, p.column, p.name)
	row.SetType(read.Node{}, registry.TypeUnknown) // the program reads it as it likes
	p.about.apply(f, row)
	if on, ok := word(p.value); ok {
		serve(f, row, p.line, p.column, registry.Bool(on))
	} else if p.value != "" {
		serve(f, row, p.line, p.column, registry.String(strings.Trim(p.value, `"`)))
	}
	return row
}

// Properties returns the format of Java properties. Such a file holds secrets too,
// so that a line is a flag only where its name begins as propertyPrefix says, or
// where the comment above it says `flag:`.
func Properties() registry.Format { return javaProperties{} }

type javaProperties struct{}

func (javaProperties) Name() string { return "properties" }

var propertyPrefix = regexp.MustCompile(`^(features?|flags?|toggles?|feature-flags?|togglz\.features)\.`)

// Recognize knows files that are called so.
func (javaProperties) Recognize(name string, _ []byte) registry.Match {
	if path.Ext(name) == ".properties" {
		return registry.MatchName
	}
	return registry.NoMatch
}

// Parse reads NAME=VALUE lines.
func (javaProperties) Parse(name string, data []byte) ([]*registry.Flag, error) {
	f := read.NewFile("properties", name, true)
	for _, p := range properties(f, data, "#!", false) {
		if p.about != nil || propertyPrefix.MatchString(p.name) {
			p.read(f)
		}
	}
	return f.Flags()
}

// Togglz returns the format of the properties files of Togglz: NAME = true, and
// NAME.strategy where it depends.
func Togglz() registry.Format { return togglz{} }

type togglz struct{}

func (togglz) Name() string { return "togglz" }

var togglzLine = regexp.MustCompile(`(?m)^[ \t]*[A-Za-z_][A-Za-z0-9_]*\.(strategy|param\.[^ \t=:]+|users)[ \t]*[=:]`)

// Recognize knows properties files that name a strategy.
func (togglz) Recognize(name string, data []byte) registry.Match {
	if path.Ext(name) == ".properties" && togglzLine.Match(data) {
		return registry.MatchContent
	}
	return registry.NoMatch
}

// Parse reads the features, and with each what its strategy is.
func (togglz) Parse(name string, data []byte) ([]*registry.Flag, error) {
	f := read.NewFile("togglz", name, true)
	all := properties(f, data, "#!", false)
	depends := map[string]bool{}
	for _, p := range all {
		if feature, what, ok := strings.Cut(p.name, "."); ok && (what == "strategy" || what == "users") && p.value != "" {
			depends[feature] = true
		}
	}
	for _, p := range all {
		if strings.Contains(p.name, ".") {
			continue
		}
		on, ok := word(p.value)
		if !ok {
			f.Errorf(p.line, p.column, "a feature must be true or false")
			continue
		}
		row := f.Row(p.line, p.column, p.name)
		row.SetType(read.Node{}, registry.TypeBool)
		p.about.apply(f, row)
		if on && depends[p.name] {
			row.Serves = append(row.Serves, registry.Serving{Pos: row.Source})
			continue
		}
		serve(f, row, p.line, p.column, registry.Bool(on))
	}
	return f.Flags()
}
