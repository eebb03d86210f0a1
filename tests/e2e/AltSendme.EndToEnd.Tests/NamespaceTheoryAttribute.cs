namespace AltSendme.EndToEnd.Tests;

/// <summary>The same as <see cref="NamespaceFactAttribute"/> for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceTheoryAttribute : TheoryAttribute
{
    public NamespaceTheoryAttribute()
    {
        if (!NamespaceFactAttribute.IsPossible)
            Skip = NamespaceFactAttribute.Reason;
    }
}
