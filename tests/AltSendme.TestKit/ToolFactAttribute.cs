using Xunit;

namespace AltSendme.TestKit;

/// <summary>A test that needs a program on the PATH; without it the test is skipped, and the report says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Names the program and the way to it, such as "apt-get install b3sum".</summary>
    public ToolFactAttribute(string tool, string howToGet)
    {
        Tool = tool;
        HowToGet = howToGet;
        if (!IsOnPath(tool))
            Skip = $"{tool} is not on the PATH. To run this test: {howToGet}.";
    }

    /// <summary>The program.</summary>
    public string Tool { get; }

    /// <summary>How to get it.</summary>
    public string HowToGet { get; }

    private static bool IsOnPath(string tool)
    {
        var file = OperatingSystem.IsWindows() ? tool + ".exe" : tool;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, file)));
    }
}
