package lsp

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// field matches a line of a block map, as far as it is written: indent, name, value.
var field = regexp.MustCompile(`^( *)(?:([^\s:#][^:#]*?)(:)?(?:\s+(.*))?)?$`)

// yamlLine is a line of flags.yaml.
type yamlLine struct {
	indent int
	name   string
	colon  bool
	value  string
	blank  bool
}

func readLine(line []byte) yamlLine {
	m := field.FindStringSubmatch(strings.TrimRight(string(line), " \t"))
	if m == nil {
		return yamlLine{blank: strings.TrimSpace(string(line)) == ""}
	}
	return yamlLine{indent: len(m[1]), name: m[2], colon: m[3] != "", value: m[4], blank: m[2] == ""}
}

// rowItems proposes what fits at a byte of flags.yaml: fields of the document and of
// rows, and values of fields. It reads lines, since a document that is being written
// seldom parses; a row in braces gets no proposals.
func (s *server) rowItems(snap *snapshot, name string, t *text, offset int) []completionItem {
	n := t.position(offset, utf8Encoding).Line
	column := offset - t.lines[n]
	before := string(t.line(n)[:column])
	here := readLine([]byte(before))
	if strings.ContainsAny(before, "#{") {
		return nil
	}
	if before != "" && strings.TrimSpace(before) == "" {
		here = yamlLine{indent: len(before), blank: true}
	}
	row, fields := rowAround(t, n, here.indent)
	replaced := func(start int, text string) *textEdit {
		return &textEdit{t.span(t.lines[n]+start, offset, s.encoding), text}
	}
	if here.colon {
		if row == "" {
			return nil
		}
		return s.valueItems(snap, here, fields, before, replaced)
	}
	docs := fieldDocs()
	var out []completionItem
	add := func(label, text string) {
		item := completionItem{Label: label, Kind: completionField, TextEdit: replaced(here.indent, text), FilterText: text}
		if doc := docs[label]; doc != "" {
			item.Documentation = &markup{"plaintext", doc}
		}
		out = append(out, item)
	}
	switch {
	case row != "":
		for _, f := range registry.FieldNames() {
			if _, there := fields[f]; !there {
				add(f, f+": ")
			}
		}
	case here.indent == 0:
		for _, f := range [][2]string{{"version", "version: 1"}, {"flags", "flags:"}} {
			if !hasTop(t, f[0], n) {
				add(f[0], f[1])
			}
		}
	default:
		// A row begins here: the flags that code uses and no registry has.
		for _, key := range sorted(snap.flags) {
			if snap.flags[key].Row == nil {
				add(key, quoteKey(key)+":")
			}
		}
	}
	return out
}

// plainKey matches keys that YAML needs no quotes for.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

func quoteKey(key string) string {
	switch key {
	case "true", "false", "null", "yes", "no", "on", "off":
		return `"` + key + `"`
	}
	if plainKey.MatchString(key) {
		return key
	}
	text, err := json.Marshal(key)
	if err != nil {
		return key
	}
	return string(text)
}

// hasTop reports whether a line other than n is a field of the document.
func hasTop(t *text, name string, n int) bool {
	for i := range t.lines {
		if l := readLine(t.line(i)); i != n && l.indent == 0 && l.name == name {
			return true
		}
	}
	return false
}

// rowAround returns the key of the row whose field stands, or is to stand, on line n
// at an indent, and the row's other fields. The key is empty on lines of no row.
func rowAround(t *text, n, indent int) (key string, fields map[string]string) {
	fields = map[string]string{}
	take := func(l yamlLine) {
		if l.indent == indent && l.name != "" && l.colon {
			fields[l.name] = l.value
		}
	}
	first := n
	for i := n - 1; i >= 0; i-- {
		l := readLine(t.line(i))
		if l.blank || strings.HasPrefix(strings.TrimSpace(string(t.line(i))), "#") {
			continue
		}
		if l.indent < indent {
			if l.indent == 0 || l.value != "" {
				return "", fields // a child of flags, or of the document
			}
			key, first = strings.Trim(l.name, `"'`), i
			break
		}
		take(l)
	}
	if key == "" || !isRow(t, first) {
		return "", fields
	}
	for i := n + 1; i < len(t.lines); i++ {
		l := readLine(t.line(i))
		if !l.blank && l.indent < indent {
			break
		}
		take(l)
	}
	return key, fields
}

// isRow reports whether a line is a child of flags.
func isRow(t *text, n int) bool {
	indent := readLine(t.line(n)).indent
	for i := n - 1; i >= 0; i-- {
		if l := readLine(t.line(i)); !l.blank && l.indent < indent {
			return l.indent == 0 && l.name == "flags"
		}
	}
	return false
}

// valueItems proposes values of a field.
func (s *server) valueItems(snap *snapshot, here yamlLine, fields map[string]string, before string, replaced func(int, string) *textEdit) []completionItem {
	start := strings.Index(before, ":") + 1
	for start < len(before) && before[start] == ' ' {
		start++
	}
	lead := ""
	if strings.HasSuffix(before, ":") {
		lead = " "
	}
	list := here.name == "requires" || here.name == "tags" || here.name == "variants"
	if list {
		open := strings.LastIndexAny(before, "[,")
		if open < start-1 || open < 0 {
			return nil
		}
		for start = open + 1; start < len(before) && before[start] == ' '; {
			start++
		}
		lead = ""
	}
	var out []completionItem
	add := func(text, detail string) {
		out = append(out, completionItem{
			Label: text, Kind: completionValue, Detail: detail, FilterText: lead + text, TextEdit: replaced(start, lead+text),
		})
	}
	flags := snap.settings.Registry.Flags()
	used := func(of func(*registry.Flag) []string) {
		var all []string
		for _, f := range flags {
			all = append(all, of(f)...)
		}
		slices.Sort(all)
		for _, text := range slices.Compact(all) {
			if text != "" {
				add(text, "")
			}
		}
	}
	switch here.name {
	case "type":
		for _, t := range registry.Types() {
			add(string(t), "")
		}
	case "kind":
		for _, k := range registry.Kinds() {
			add(string(k), "")
		}
	case "state":
		for _, st := range registry.States() {
			add(string(st), "")
		}
	case "default", "value":
		switch t := fields["type"]; {
		case t == "" || t == string(registry.TypeBool):
			add("true", "")
			add("false", "")
		case fields["variants"] != "":
			for v := range strings.SplitSeq(strings.Trim(fields["variants"], "[]"), ",") {
				add(strings.TrimSpace(v), "")
			}
		}
	case "owner":
		used(func(f *registry.Flag) []string { return []string{f.Owner} })
	case "tags":
		used(func(f *registry.Flag) []string { return f.Tags })
	case "requires":
		used(func(f *registry.Flag) []string { return []string{f.Key} })
	case "since", "created", "expires":
		add(s.Today().String(), "today")
		if here.name == "expires" {
			for _, days := range []int{30, 90, 180} {
				add(s.Today().AddDays(days).String(), "")
			}
		}
	}
	return out
}

// fieldDocs are the descriptions that the schema of flags.yaml gives its fields.
func fieldDocs() map[string]string {
	type properties map[string]struct {
		Description string `json:"description"`
	}
	var schema struct {
		Properties properties `json:"properties"`
		Defs       struct {
			Flag struct {
				Properties properties `json:"properties"`
			} `json:"flag"`
		} `json:"$defs"`
	}
	out := map[string]string{}
	if json.Unmarshal([]byte(registry.Schema()), &schema) != nil {
		return out // a test holds the schema
	}
	for _, all := range []properties{schema.Properties, schema.Defs.Flag.Properties} {
		for name, p := range all {
			if out[name] == "" {
				out[name] = p.Description
			}
		}
	}
	return out
}
