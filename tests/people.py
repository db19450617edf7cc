"""The people of the tests, on a machine without sign-in."""

from data.people import Person

ADA, BO, CY = Person("Ada"), Person("Bo"), Person("Cy")
