namespace Tributary.Core.Import;

/// <summary>What one row of a file becomes. One file holds one kind.</summary>
public enum ImportKind { Organizations, Persons, Products, Users, Deals }

/// <summary>How the text of a cell is read.</summary>
public enum ImportType
{
    Text, Money, Date, Instant, Stage, Status, User, Organization, Person, Product, Currency, Percentage, Tags, WholeNumber, Boolean,
}

/// <summary>The state of a deal as a file states it.</summary>
public enum ImportedStatus { Open, Won, Lost }

/// <summary>What happens when a row names something that does not exist yet.</summary>
public enum MissingPolicy { Create, Refuse, LeaveEmpty }
