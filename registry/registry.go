package registry

// Registry is the flags of one or several sources, in their order. Keys are
// unique.
type Registry struct {
	Flags []*Flag
}

// Lookup returns the flag of a key, or nil.
func (r *Registry) Lookup(key string) *Flag {
	for _, f := range r.Flags {
		if f.Key == key {
			return f
		}
	}
	return nil
}
