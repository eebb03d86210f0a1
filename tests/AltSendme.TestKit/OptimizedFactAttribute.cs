using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace AltSendme.TestKit;

/// <summary>A test that only says something about optimised code, such as one that counts allocations; it is skipped in a debug build.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OptimizedFactAttribute : FactAttribute
{
    /// <summary>Names any type of the assembly under test.</summary>
    public OptimizedFactAttribute(Type subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        Subject = subject;
        if (subject.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            Skip = "This is a debug build. To run this test: dotnet test -c Release.";
    }

    /// <summary>Any type of the assembly under test.</summary>
    public Type Subject { get; }
}
