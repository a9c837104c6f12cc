// Package experiment is a stub: the signatures of Amplitude's types, without behaviour.
package experiment

// User is whom a flag is evaluated for.
type User struct{ UserId string }

// Variant is a flag evaluated.
type Variant struct {
	Value    string
	Payload  interface{}
	Key      string
	Metadata map[string]interface{}
}
