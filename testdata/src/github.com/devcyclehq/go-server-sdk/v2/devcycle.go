// Package devcycle is a stub: the signatures of DevCycle v2, without behaviour.
package devcycle

// Client evaluates variables.
type Client struct{}

// User is whom a variable is evaluated for.
type User struct{ UserId string }

// BaseVariable is a variable's value.
type BaseVariable struct {
	Key   string
	Type_ string
	Value interface{}
}

// Variable is a variable evaluated.
type Variable struct {
	BaseVariable
	DefaultValue interface{}
	IsDefaulted  bool
}

// ReadOnlyVariable is one of all variables.
type ReadOnlyVariable struct{ BaseVariable }

// Feature is one of all features.
type Feature struct{ Key string }

func (c *Client) Variable(userdata User, key string, defaultValue interface{}) (Variable, error) {
	return Variable{}, nil
}

func (c *Client) VariableValue(userdata User, key string, defaultValue interface{}) (interface{}, error) {
	return defaultValue, nil
}

func (c *Client) AllVariables(user User) (map[string]ReadOnlyVariable, error) { return nil, nil }

func (c *Client) AllFeatures(user User) (map[string]Feature, error) { return nil, nil }
