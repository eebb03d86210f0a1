using AltSendme.Abstractions;

namespace AltSendme.Cli.Integrations;

/// <summary>An integration can't be installed or removed.</summary>
/// <param name="code">One of <see cref="IntegrationCodes"/>.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="innerException">The cause, where there is one.</param>
internal sealed class IntegrationException(string code, string message, Exception? innerException = null) : AltSendmeException(code, message, innerException)
{
    /// <summary>Whether the command line asks for what can't be.</summary>
    public bool IsRequestFault => Code == IntegrationCodes.OtherSystem;
}
