package yamltree

// Kind is what a Node is.
type Kind int

// The kinds of node.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	List
	Map
)

// String names the kind as error messages do.
func (k Kind) String() string {
	return [...]string{"empty", "a bool", "an int", "a float", "a string", "a list", "a map"}[k]
}

// Node is one value of a document.
type Node struct {
	Kind Kind
	// Line and Column are 1-based, Column in bytes.
	Line, Column int
	// Text is a scalar as the file spells it; of a quoted or block string what it means.
	Text string
	// Plain is set for scalars without quotes.
	Plain bool
	// Flow is set for lists and maps in brackets, as in JSON.
	Flow bool

	Bool    bool
	Int     int64
	Float   float64
	Items   []*Node
	Entries []Entry
}

// Entry is a key of a Map and its value. A key that stands twice gives two entries.
type Entry struct {
	Key   *Node // a String, or another scalar in Plain spelling
	Value *Node
}

// Get returns the value of the first entry with that key, or nil. It is nil for
// a node that is no Map.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key.Text == key {
			return e.Value
		}
	}
	return nil
}

// Any returns what the node means as nil, bool, int64, float64, string, []any or
// map[string]any; of a key that stands twice the last one counts.
func (n *Node) Any() any {
	switch n.Kind {
	case Bool:
		return n.Bool
	case Int:
		return n.Int
	case Float:
		return n.Float
	case String:
		return n.Text
	case List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Any()
		}
		return list
	case Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			m[e.Key.Text] = e.Value.Any()
		}
		return m
	}
	return nil
}

// Describe says what the node is for an error message: a string in quotes,
// another scalar as it is spelt, a list or map by its kind.
func (n *Node) Describe() string {
	switch n.Kind {
	case List, Map, Null:
		return n.Kind.String()
	case String:
		return quote(n.Text)
	}
	return n.Text
}
