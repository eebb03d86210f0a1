using AltSendme.Abstractions;

namespace AltSendme.Service.Client;

/// <summary>The service can't be reached, or can't do what was asked. Errors of transfers come as the exceptions that they are in the core.</summary>
/// <param name="code">One of <see cref="ServiceCodes"/>.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ServiceException(string code, string message, Exception? innerException = null) : AltSendmeException(code, message, innerException)
{
    /// <summary>Whether whoever asked is at fault, not the service.</summary>
    public bool IsRequestFault => Code is ServiceCodes.NotFound or ServiceCodes.BadRequest or ServiceCodes.Conflict or ServiceCodes.NoSession or ServiceCodes.Foreign or ServiceCodes.TooLong;
}
