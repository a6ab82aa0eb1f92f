using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>One part of a one-time deal's value and the day it is charged. Installments plan the value, they never change it.</summary>
public sealed record Installment
{
    public required long Id { get; init; }

    public required long DealId { get; init; }

    public required string Description { get; init; }

    public required decimal Amount { get; init; }

    public required DateOnly BillingDate { get; init; }
}

/// <summary>What a caller may say about an installment, when adding it and when changing it.</summary>
public sealed record InstallmentPatch
{
    public Field<string?> Description { get; init; }

    public Field<decimal> Amount { get; init; }

    public Field<DateOnly> BillingDate { get; init; }
}
